"""A comment may say several things: its themes, their shares, and what it says of each."""

import numpy as np
import pandas as pd
import pytest

from consult.analysis.text import Analysis, analyze_comments
from consult.analysis.text.attribution import _as_given
from consult.analysis.text.membership import GivenThemes
from consult.analysis.text.segment_themes import Segments, theme_shares, themes_of_segments
from tests.unit.analysis.test_copies import LETTER

TWO_THINGS = (
    "Le formulaire est clair et facile à remplir. Mais l'attente au téléphone est trop longue."
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    phone = [
        "L'attente au téléphone est trop longue",
        "Trop d'attente au téléphone avant une réponse",
        "The wait on the phone is too long",
        "Une heure d'attente au téléphone",
    ]
    form = [
        "Le formulaire est clair et facile à remplir",
        "Formulaire facile, questions claires",
        "The form is clear and easy to fill",
        "Remplir le formulaire est facile",
    ]
    texts = [*(f"{text} {n}" for n in range(8) for text in (*phone, *form)), TWO_THINGS]
    ratings = [*(1.0 if text in phone else 5.0 for _ in range(8) for text in (*phone, *form)), 3.0]
    texts += [LETTER] * 20
    ratings += [1.0] * 20
    frame = pd.DataFrame({"text": texts, "rating": ratings})
    return analyze_comments(frame, themes=2, bootstrap=100)


def theme_of(analysis: Analysis, row: int) -> str:
    return str(analysis.assignments["theme"][row])


def test_a_comment_that_says_two_things_has_both_themes(analysis: Analysis) -> None:
    both = analysis.shares[analysis.shares["row"] == 64]
    assert set(both["theme"].astype(str)) == {theme_of(analysis, 0), theme_of(analysis, 4)}
    assert both["share"].sum() == pytest.approx(1)
    assert both["main"].sum() == 1


def test_what_is_said_of_each_has_its_own_polarity_and_place(analysis: Analysis) -> None:
    pieces = analysis.segments[analysis.segments["row"] == 64].set_index("theme")
    form, phone = (pieces.loc[int(theme_of(analysis, row))] for row in (4, 0))
    assert TWO_THINGS[int(form["start"]) :].startswith("Le formulaire")
    assert TWO_THINGS[int(phone["start"]) :].startswith("Mais l'attente")
    assert form["polarity"] > phone["polarity"]


def test_a_campaign_is_shown_whole_and_counts_once(analysis: Analysis) -> None:
    [campaign] = analysis.campaigns[analysis.campaigns["comments"] == 20].to_dict("records")
    assert analysis.assignments["copies"][65:].eq(campaign["copies"]).all()
    assert analysis.counts.in_campaigns == 20
    assert analysis.counts.comments - analysis.counts.voices == 19
    assert analysis.themes["voices"].sum() <= analysis.counts.voices


def test_shares_are_of_all_voices(analysis: Analysis) -> None:
    placed = analysis.assignments[analysis.assignments["theme"] != ""]
    assert analysis.themes["voices"].sum() == pytest.approx(placed["voice"].sum())
    assert (
        analysis.themes["share"]
        .between(analysis.themes["share_low"], analysis.themes["share_high"])
        .all()
    )


def test_a_segment_leaves_the_theme_of_its_comment_only_when_it_plainly_speaks_of_another() -> None:
    similarity = np.array([[0.5, 0.55], [0.2, 0.6], [0.2, 0.6], [0.1, 0.2]])
    found = themes_of_segments(similarity, np.array([0, 0, 0, 0]), np.array([3, 3, 1, 3]))
    assert found.tolist() == [0, 1, 0, 0]


def test_a_piece_without_words_of_substance_has_no_theme() -> None:
    assert themes_of_segments(np.array([[0.0, 0.0]]), np.array([1]), np.array([0])).tolist() == [-1]


def test_shares_go_by_words() -> None:
    pieces = Segments(
        *(np.array(x) for x in ([0, 0, 1], [0, 9, 0], [9, 20, 5], [3, 1, 2], [0, 1, -1]))
    )
    assert theme_shares(pieces, 2, 2).toarray().tolist() == [[0.75, 0.25], [0, 0]]


def test_a_piece_that_a_person_placed_is_in_their_theme_and_the_rest_stays() -> None:
    texts = [f"{TWO_THINGS} {n}" for n in range(6)]
    given = GivenThemes(
        labels=[{"fr": "Formulaire", "en": "Form"}, {"fr": "Attente", "en": "Wait"}],
        main=np.zeros(6, dtype=int),
        also=[[1], [], [], [], [], []],
        weight=np.ones(6),
        pieces={0: [(TWO_THINGS.index("Mais"), len(TWO_THINGS), 1)]},
    )
    found = analyze_comments(pd.DataFrame({"text": texts}), given=given, bootstrap=20)
    pieces = found.segments[found.segments["row"] == 0]
    assert pieces["theme"].tolist() == [1, 2]
    assert found.assignments["theme"].tolist() == ["1"] * 6
    assert found.shares[found.shares["row"] == 0]["share"].sum() == pytest.approx(1)


def test_a_moved_piece_leaves_the_others_where_they_are() -> None:
    rows, theme = np.zeros(3, dtype=int), np.array([0, 1, 2])
    spans = np.array([[0, 10], [10, 20], [20, 30]])
    given = GivenThemes(
        labels=[],
        main=np.array([0]),
        also=[[]],
        weight=np.ones(1),
        pieces={0: [(0, 10, 3)]},
    )
    assert _as_given(rows, spans, theme, given).tolist() == [3, 1, 2]
    given.main[0] = -1
    assert _as_given(rows, spans, theme, given).tolist() == [3, -1, -1]
    given.main[0], given.pieces[0] = 0, [(0, 30, 3)]
    assert _as_given(rows, spans, theme, given).tolist() == [3, 3, 3]


def test_a_theme_that_a_person_added_hears_what_the_comment_says() -> None:
    given = GivenThemes(
        labels=[{"fr": "A", "en": "A"}, {"fr": "B", "en": "B"}],
        main=np.zeros(4, dtype=int),
        also=[[1], [], [], []],
        weight=np.ones(4),
    )
    texts = [f"Le site est affreux, horrible et lent {n}" for n in range(4)]
    found = analyze_comments(pd.DataFrame({"text": texts}), given=given, bootstrap=20)
    first = found.shares[found.shares["row"] == 0].set_index("theme")["polarity"]
    assert first[1] < 0
    assert first[2] == pytest.approx(first[1])
