"""Tallies count answers, and tell only what may be told."""

from consult.questionnaires import parse_questionnaire
from consult.surveys.tallies import tally
from tests.factories.questionnaires import trails

QUESTIONS = {question.name: question for question in parse_questionnaire(trails()).questions}


def test_shares_are_of_those_who_answered() -> None:
    shown = tally(QUESTIONS["often"], [("never", 5), ("sometimes", 10), ("daily", 25)])
    assert shown.base == 40
    assert [(cell.count, cell.share) for cell in shown.cells] == [
        (5, 0.125),
        (10, 0.25),
        (25, 0.625),
    ]
    assert shown.top is not None
    assert shown.top.label.en == "Every day"


def test_several_choices_are_counted_one_by_one() -> None:
    counts = [('["alone"]', 8), ('["alone", "dog"]', 6), ('["family", "dog"]', 9)]
    shown = tally(QUESTIONS["with_whom"], counts)
    assert shown.base == 23
    assert [cell.count for cell in shown.cells] == [14, 9, 15]


def test_too_few_answers_are_not_told_at_all() -> None:
    shown = tally(QUESTIONS["often"], [("never", 4)])
    assert shown.base is None
    assert shown.cells == ()


def test_hidden_cells_have_neither_count_nor_share() -> None:
    shown = tally(QUESTIONS["often"], [("never", 2), ("sometimes", 10), ("daily", 25)])
    assert [cell.count for cell in shown.cells] == [None, None, 25]
    assert shown.cells[0].share is None
