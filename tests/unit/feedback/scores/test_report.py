"""Figures, parts and steps, from counts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from consult.feedback.scores import BY_NAME, COMMENTED, GIVEN, Cell, Counts, series
from consult.feedback.scores.breakdown import OTHER, by_language, by_page, parts, quarter
from consult.feedback.scores.measures import Band, band, figure
from consult.feedback.scores.report import publishable, report
from consult.feedback.scores.series import by_fours, merged
from consult.feedback.scores.table import count_rows, rows
from tests.unit.feedback.scores.weeks import MONDAY


def said(day: date, answers: str, **more: str) -> list[Cell]:
    """One cell for each digit of ``answers``, a rating, and one that says it was given."""
    about = {"lang": "fr", "channel": "widget", "page": "", "question_set": "rating"} | more
    cells = []
    for answer in answers:
        cells.append(Cell(day, question=GIVEN, answer="", number=1, **about))
        cells.append(Cell(day, question="rating", answer=answer, number=1, **about))
    return cells


def test_measures_worked_by_hand() -> None:
    ratings = {"1": 2, "3": 3, "4": 5, "5": 10}
    assert figure(BY_NAME["satisfaction"], [ratings]).value == pytest.approx((2 + 9 + 20 + 50) / 20)
    assert figure(BY_NAME["satisfied"], [ratings]).value == pytest.approx(15 / 20)
    likely = {"10": 6, "9": 4, "8": 5, "7": 1, "6": 2, "0": 2}
    assert figure(BY_NAME["recommend"], [likely]).value == pytest.approx(10 / 20 - 4 / 20)
    done = {"yes": 6, "no": 3, "not_yet": 1}
    success = figure(BY_NAME["success"], [done])
    assert success.value == pytest.approx(0.6)
    assert success.margin == pytest.approx(1.96 * (0.24 / 10) ** 0.5, abs=1e-4)
    assert success.is_wide
    assert figure(BY_NAME["not_yet"], [done]).value == pytest.approx(0.1)
    faces = {"good": 7, "mixed": 2, "bad": 1}
    assert figure(BY_NAME["faces"], [faces]).value == pytest.approx(8.0)


def test_the_bands_of_the_faces() -> None:
    assert [band(v) for v in (8, 7.99, 5, 4.99)] == [Band.HIGH, Band.MIDDLE, Band.MIDDLE, Band.LOW]


def test_under_the_floor_only_the_count_is_told() -> None:
    few = figure(BY_NAME["satisfaction"], [{"5": 9}])
    assert (few.answers, few.value, few.interval) == (9, None, None)
    assert figure(BY_NAME["satisfaction"], [{"5": 9}, {"1": 1}]).value == pytest.approx(4.6)


def test_a_small_part_and_the_one_that_would_tell_it_are_hidden() -> None:
    counts = Counts(said(MONDAY, "5" * 30) + said(MONDAY, "111", lang="en"))
    assert [part.figure for part in parts(by_language(counts), BY_NAME["satisfaction"])] == [
        None,
        None,
    ]


def test_large_parts_are_told_and_an_empty_one_is_left_out() -> None:
    cells = said(MONDAY, "5" * 30) + said(MONDAY, "1" * 20, lang="en")
    found = parts(by_language(Counts(cells)), BY_NAME["satisfaction"])
    assert [(p.value, p.figure and p.figure.value) for p in found] == [("fr", 5.0), ("en", 1.0)]
    assert parts(by_language(Counts(cells)), BY_NAME["ease"]) == []


def test_many_pages_are_put_together_but_for_the_busiest() -> None:
    cells = [c for n in range(40) for c in said(MONDAY, "4" * (50 - n), page=f"/p{n:02d}")]
    found = by_page(Counts(cells))
    assert list(found) == [f"/p{n:02d}" for n in range(15)] + [OTHER]
    assert found[OTHER].total() == sum(50 - n for n in range(15, 40))


def test_quarters_of_the_calendar() -> None:
    days = (date(2026, month, 1) for month in (1, 3, 4, 12))
    assert [quarter(day) for day in days] == ["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4"]


def test_periods_hold_enough_and_do_not_move_when_others_come() -> None:
    cells = [c for week in range(9) for c in said(MONDAY + timedelta(weeks=week), "4444")]
    found = merged(series(Counts(cells), BY_NAME["satisfaction"]), 10)
    assert [period.answers for period in found.periods] == [12, 12, 12]
    more = Counts(cells + said(MONDAY + timedelta(weeks=9), "1111"))
    later = merged(series(more, BY_NAME["satisfaction"]), 10)
    assert later.periods[:3] == found.periods


def test_ten_years_of_weeks_are_drawn_by_four() -> None:
    cells = [c for week in range(520) for c in said(MONDAY + timedelta(weeks=week), "4")]
    drawn = by_fours(series(Counts(cells), BY_NAME["satisfaction"]))
    assert (drawn.days, len(drawn.periods)) == (28, 130)
    assert sum(period.answers for period in drawn.periods) == 520


def test_what_is_public_moves_by_whole_weeks_and_at_least_ten_people() -> None:
    counts = Counts(
        [c for week in range(5) for c in said(MONDAY + timedelta(weeks=week), "4444444")]
    )
    known = [publishable(counts, MONDAY + timedelta(days=day)).total() for day in range(40)]
    assert known[0] == 0
    steps = [after - before for before, after in pairwise(known)]
    assert set(steps) == {0, 14}
    assert known[-1] == 28


def test_a_report_tells_everything_as_rows() -> None:
    cells = said(MONDAY, "5" * 30) + said(MONDAY, "2" * 3, lang="en")
    cells.append(Cell(MONDAY, "fr", "widget", "", "rating", COMMENTED, "", 4))
    found = report(Counts(cells), dimensions=("lang",))
    assert (found.answers, found.comments) == (33, 4)
    assert found.measure is BY_NAME["satisfaction"]
    told = list(rows(found))
    assert [(row.kind, row.measure, row.state) for row in told] == [
        ("all", "satisfaction", "shown"),
        ("all", "satisfied", "shown"),
        ("trend", "satisfaction", "shown"),
        ("lang", "satisfaction", "hidden"),
        ("lang", "satisfaction", "hidden"),
    ]
    assert told[3].answers is None
    assert sum(row[-1] for row in count_rows(Counts(cells)) if row[4] == "rating") == 33


def test_an_unknown_measure_is_not_followed() -> None:
    found = report(Counts(said(MONDAY, "4" * 12)), wanted="ease\0")
    assert found.measure is BY_NAME["satisfaction"]
    assert report(Counts([])).measure is None
