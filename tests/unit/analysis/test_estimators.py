"""The stages that take arrays are estimators of scikit-learn, by its own checks."""

from typing import Any

from sklearn.base import BaseEstimator
from sklearn.utils.estimator_checks import parametrize_with_checks

from consult.analysis.text.clustering import ConsensusKMeans
from consult.analysis.text.features import WordVectors


@parametrize_with_checks([ConsensusKMeans(n_clusters=3, n_runs=3), WordVectors(dimensions=3)])  # type: ignore[untyped-decorator]
def test_of_scikit_learn(estimator: BaseEstimator, check: Any) -> None:
    check(estimator)
