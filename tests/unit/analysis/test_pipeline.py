import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score, v_measure_score

from consult.analysis.text import analyze_comments
from consult.analysis.text.results import ASSIGNMENT_COLUMNS, THEME_COLUMNS


def test_themes_are_subjects_and_not_languages(comments: pd.DataFrame, subjects: list[str]) -> None:
    found = analyze_comments(comments, themes=4, bootstrap=200).assignments
    spoken = np.array(subjects) != ""
    assert v_measure_score(np.array(subjects)[spoken], found.theme[spoken]) > 0.6
    assert adjusted_mutual_info_score(found.lang[spoken], found.theme[spoken]) < 0.1


def test_what_comes_out_has_the_promised_shape(comments: pd.DataFrame) -> None:
    analysis = analyze_comments(comments, bootstrap=200)
    assert tuple(analysis.themes.columns) == THEME_COLUMNS
    assert tuple(analysis.assignments.columns) == ASSIGNMENT_COLUMNS
    assert analysis.assignments["row"].tolist() == list(range(len(comments)))
    assert analysis.themes["rank"].tolist() == list(range(1, len(analysis.themes) + 1))
    assert analysis.themes["label_fr"].is_unique
    assert analysis.themes["label_en"].is_unique
    bracketed = [theme for group in analysis.rank_groups for theme in group]
    assert bracketed == analysis.themes["theme"].tolist()
    counted = analysis.assignments["theme"].value_counts()
    for line in analysis.themes.itertuples():
        assert counted[str(line.theme)] == line.comments
        assert analysis.representatives[line.theme]


def test_comments_that_say_nothing_stay_without_a_theme(
    comments: pd.DataFrame, subjects: list[str]
) -> None:
    analysis = analyze_comments(comments, bootstrap=50)
    silent = analysis.assignments[np.array(subjects) == ""]
    assert (silent["theme"] == "").all()
    assert (silent["themes"] == "").all()
    assert analysis.counts.non_answers == len(silent)
    assert analysis.counts.without_theme <= 0.15 * analysis.counts.answered


def test_the_angriest_theme_comes_first(comments: pd.DataFrame, subjects: list[str]) -> None:
    analysis = analyze_comments(comments, themes=4, bootstrap=500)
    first = str(analysis.themes["theme"][0])
    members = np.array(subjects)[analysis.assignments["theme"] == first]
    assert (members == "waiting").mean() > 0.5
    last = str(analysis.themes["theme"].iloc[-1])
    assert (np.array(subjects)[analysis.assignments["theme"] == last] == "staff").mean() > 0.5


def test_the_same_comments_give_the_same_analysis_and_stay_as_they_were(
    comments: pd.DataFrame,
) -> None:
    before = comments.copy(deep=True)
    first, second = (analyze_comments(comments, bootstrap=100) for _ in range(2))
    pd.testing.assert_frame_equal(first.themes, second.themes)
    pd.testing.assert_frame_equal(first.assignments, second.assignments)
    assert first.representatives == second.representatives
    pd.testing.assert_frame_equal(comments, before)


@pytest.mark.parametrize("count", [0, 1, 2, 5, 20])
def test_small_files_work(comments: pd.DataFrame, count: int) -> None:
    analysis = analyze_comments(comments[:count], bootstrap=20)
    assert len(analysis.assignments) == count
    assert len(analysis.themes) <= max(count, 1)


def test_only_silence(comments: pd.DataFrame) -> None:
    analysis = analyze_comments(comments[-4:], bootstrap=20)
    assert analysis.themes.empty
    assert analysis.counts.answered == 0


def test_without_ratings_what_is_complained_of_most_comes_first(comments: pd.DataFrame) -> None:
    analysis = analyze_comments(comments[["text"]], themes=4, bootstrap=200)
    assert analysis.basis == "polarity"
    assert analysis.themes["points_low"].isna().all()
    assert analysis.themes["burden_low"].is_monotonic_decreasing
    assert analysis.overall_mean is None


def test_copies_are_grouped_once_and_all_counted(comments: pd.DataFrame) -> None:
    copies = pd.DataFrame({"text": ["Rétablissez le train de nuit  vers Gaspé"] * 30})
    both = pd.concat([comments[["text"]], copies], ignore_index=True)
    analysis = analyze_comments(both, themes=5)
    themes = analysis.assignments["theme"][-30:]
    assert themes.nunique() == 1
    theme = analysis.themes.set_index("theme").loc[int(themes.iloc[0])]
    assert theme["comments"] >= 30


def test_languages_told_are_kept_and_others_found(comments: pd.DataFrame) -> None:
    told = comments.assign(lang=[None] * (len(comments) - 1) + ["fr"])
    langs = analyze_comments(told, bootstrap=20).assignments["lang"]
    assert langs.iloc[-1] == "fr"
    assert set(langs) == {"fr", "en"}


def test_groups_are_compared(comments: pd.DataFrame) -> None:
    grouped = comments.assign(group=["Québec", "Gatineau"] * (len(comments) // 2))
    shares = analyze_comments(grouped, bootstrap=20).groups
    assert set(shares["group"]) == {"Québec", "Gatineau"}
    assert (shares.groupby("group")["share"].sum() <= 1).all()


def test_progress_goes_forward(comments: pd.DataFrame) -> None:
    told: list[tuple[str, float]] = []
    analyze_comments(comments, bootstrap=20, progress=lambda *step: told.append(step))
    fractions = [fraction for _stage, fraction in told]
    assert fractions == sorted(fractions)
    assert told[-1] == ("done", 1.0)
