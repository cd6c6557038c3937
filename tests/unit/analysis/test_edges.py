"""Few comments, odd comments, odd ratings: an answer every time."""

import numpy as np
import pandas as pd
import pytest

from consult.analysis.text import analyze_comments

THREE = ["Le formulaire plante", "The form crashes", "Trop d'attente au téléphone"]
LONG = "attente au téléphone " * 1700


def frame(texts: list[str], ratings: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {"text": pd.Series(texts, dtype=object), "rating": pd.Series(ratings, dtype=float)}
    )


@pytest.mark.parametrize("themes", [None, 1, 50])
@pytest.mark.parametrize(
    ("texts", "ratings"),
    [
        (THREE[:1], [2.0]),
        (THREE[:2], [2.0, 3.0]),
        (THREE, [1.0, 2.0, 3.0]),
        (THREE[:1] * 30, [1.0, 2.0, 3.0] * 10),
        (THREE * 5, [3.0] * 15),
        (THREE * 5, [None] * 15),
        (THREE[:1] * 3 + THREE[2:] * 3, [1.0] * 6),
        ([LONG, *THREE * 4], [1.0] * 13),
    ],
)
def test_whatever_comes_in_themes_come_out(
    texts: list[str], ratings: list[float | None], themes: int | None
) -> None:
    analysis = analyze_comments(frame(texts, ratings), themes=themes, bootstrap=50)
    assert 1 <= len(analysis.themes) <= (themes or len(texts))
    assert analysis.themes["comments"].sum() + analysis.counts.without_theme == len(texts)
    assert not analysis.themes["label_fr"].str.startswith("Thème").any()
    assert np.isfinite(analysis.themes["share"]).all()


@pytest.mark.parametrize("texts", [["RAS", "n/a", "", "Nothing"], ["😀😀", "👍", "😡", "🙂"]])
def test_nothing_said_gives_no_theme_and_the_ratings_still_count(texts: list[str]) -> None:
    analysis = analyze_comments(frame(texts, [1.0, 2.0, 3.0, 4.0]))
    assert analysis.themes.empty
    assert (analysis.assignments["theme"] == "").all()
    assert analysis.overall_mean == 2.5


def test_one_rating_value_leaves_nothing_at_stake_and_no_rank_apart() -> None:
    analysis = analyze_comments(frame(THREE * 5, [3.0] * 15), themes=3, bootstrap=50)
    assert (analysis.themes["points_at_stake"] == 0).all()
    assert len(analysis.rank_groups) == 1


def test_a_theme_joins_a_run_only_when_it_is_like_each_of_it() -> None:
    from consult.analysis.text.priorities import rank_groups

    noise = np.random.default_rng(0).normal(size=2000)
    wide, high, low = 3 * noise, 1 + 0.01 * noise, -1 + 0.01 * noise
    draws = np.column_stack([wide, high, low])
    assert rank_groups(np.array([0, 1, 2]), draws) == [[0, 1], [2]]
