"""The points of words joined to the vectors of a language model."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from consult.analysis.text.features import concept_counts, language_means, without_language
from consult.analysis.text.sentence_vectors import SentenceVectors


class SharedDirections(BaseEstimator):  # type: ignore[misc]
    """Takes away what most vectors share, which says how people write rather than what about.

    The first principal directions go (Arora, Liang and Ma, 2017), then the mean of each language.
    Rows have length 1.

    Args:
        count: how many directions; at most one for each 20 vectors.

    Learned: ``directions_`` (count x d); ``means_``, the mean of each language.
    """

    def __init__(self, count: int = 3) -> None:
        self.count = count

    def fit(self, vectors: np.ndarray, langs: np.ndarray) -> Self:
        gram = vectors.T @ vectors
        _, directions = np.linalg.eigh(np.round(gram, 8))
        kept = min(self.count, len(vectors) // 20)  # few comments share no habits of many
        self.directions_ = directions[:, len(gram) - kept :].T
        self.means_ = language_means(self._without(vectors), langs)
        return self

    def transform(self, vectors: np.ndarray, langs: np.ndarray) -> np.ndarray:
        return without_language(self._without(vectors), langs, self.means_)

    def _without(self, vectors: np.ndarray) -> np.ndarray:
        return np.asarray(normalize(vectors - vectors @ self.directions_.T @ self.directions_))


class VectorJoin(BaseEstimator):  # type: ignore[misc]
    """Points from the words of comments (n x p) joined to what a model sees in them.

    The model reads the comment, or its concepts when it does not know its language. A model of
    words reads each concept too: centred on the mean of all words as often as they occur, a
    comment is the mean of its concepts, weighted by TF-IDF. What these views share from comment
    to comment is taken away, and they weigh together what the model weighs.

    Rows have length 1; a comment without words keeps its zeros. Without vectors, the points are
    given back as they are.

    Args:
        vectors: the model, or None.
        common: how many shared directions are taken away.
        max_features: the most frequent concepts that are given to a model of words.

    Learned: ``views_``, what each view shares; ``vocabulary_``, ``tfidf_`` and ``words_``
    (concepts x d) for a model of words.
    """

    def __init__(
        self, vectors: SentenceVectors | None = None, common: int = 3, max_features: int = 20_000
    ) -> None:
        self.vectors = vectors
        self.common = common
        self.max_features = max_features

    def fit_transform(
        self, points: np.ndarray, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        """Joined points of n comments."""
        if self.vectors is None or not any(concepts):
            return points
        if self.vectors.reads == "words":
            self._learn_words(self.vectors, concepts)
        views = self._views(self.vectors, texts, langs, concepts)
        self.views_ = [SharedDirections(self.common).fit(view, langs) for view in views]
        return self._joined(self.vectors, points, views, langs)

    def transform(
        self, points: np.ndarray, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        """The same for other comments, seen as the known ones are."""
        if self.vectors is None or not hasattr(self, "views_"):
            return points
        views = self._views(self.vectors, texts, langs, concepts)
        return self._joined(self.vectors, points, views, langs)

    def _learn_words(self, vectors: SentenceVectors, concepts: Sequence[Sequence[str]]) -> None:
        counts, self.vocabulary_ = concept_counts(concepts, max_features=self.max_features)
        self.tfidf_ = TfidfTransformer(sublinear_tf=True).fit(counts)
        known = normalize(vectors.transform(self.vocabulary_, np.array(["en"])))
        often = np.asarray(counts.sum(axis=0)).ravel()
        self.words_ = normalize(known - np.average(known, axis=0, weights=often))

    def _views(
        self, vectors: SentenceVectors, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> list[np.ndarray]:  # fmt: skip
        understood = np.isin(langs.astype(str), sorted(vectors.languages))
        said = np.array([" ".join(found) for found in concepts], dtype=object)
        views = [vectors.transform(np.where(understood, texts, said), langs)]
        if vectors.reads == "words":
            counter = CountVectorizer(analyzer=list, vocabulary=self.vocabulary_, dtype=np.float64)
            views.append(self.tfidf_.transform(counter.transform(concepts)) @ self.words_)
        return [np.asarray(normalize(view)) for view in views]

    def _joined(
        self, vectors: SentenceVectors, points: np.ndarray, views: list[np.ndarray],
        langs: np.ndarray,
    ) -> np.ndarray:  # fmt: skip
        each = vectors.weight / np.sqrt(len(views))
        pairs = zip(self.views_, views, strict=True)
        beside = [each * shared.transform(view, langs) for shared, view in pairs]
        together = normalize(np.hstack([points, *beside]))
        together[~points.any(axis=1)] = 0
        return np.round(np.asarray(together), 5)
