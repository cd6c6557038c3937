"""Many comments: the themes of a sample, and the others placed in them."""

import numpy as np
import pandas as pd
import pytest

from consult.analysis.text import at_scale, copies, pipeline
from consult.analysis.text.copies import NearCopies
from consult.bench.made_comments import CommentMaker, RealComment


@pytest.fixture
def many(comments: pd.DataFrame) -> pd.DataFrame:
    real = [
        RealComment(row.text, "en" if " the " in row.text else "fr", str(row.rating))
        for row in comments.itertuples()
    ]
    return pd.DataFrame(CommentMaker(real).make(400)).assign(rating=3.0)


def test_themes_learned_on_some_are_those_learned_on_all(
    many: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.analyze_comments(many, themes=3, bootstrap=50)
    monkeypatch.setattr(
        pipeline, "learned_rows", lambda total, seed: at_scale.learned_rows(total, seed, 200)
    )
    monkeypatch.setattr(at_scale, "AT_ONCE", 50)
    some = pipeline.analyze_comments(many, themes=3, bootstrap=50)
    both = pd.crosstab(whole.assignments["theme"], some.assignments["theme"])
    assert both.to_numpy().max(axis=1).sum() > 0.8 * len(many), "most lie in the same theme"
    assert some.counts.answered == whole.counts.answered
    assert set(some.themes["theme"]) == {1, 2, 3}


def test_all_texts_are_learned_on_when_they_are_few() -> None:
    assert at_scale.learned_rows(5).tolist() == [0, 1, 2, 3, 4]
    drawn = at_scale.learned_rows(100, 7, most=10)
    assert len(set(drawn)) == 10
    assert (drawn == at_scale.learned_rows(100, 7, most=10)).all()


def test_a_crowd_of_texts_is_compared_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"mot{number}" for number in range(60)]
    random = np.random.default_rng(0)
    texts = [" ".join(random.choice(words, 14, replace=False)) for _ in range(60)]
    texts += [f"{text} encore" for text in texts[:20]]
    plain = NearCopies().fit(texts).labels_
    monkeypatch.setattr(copies, "_CROWD", 10)
    monkeypatch.setattr(copies, "_TEXTS_AT_ONCE", 7)
    assert NearCopies().fit(texts).labels_.tolist() == plain.tolist()
    assert plain.max() == 19
