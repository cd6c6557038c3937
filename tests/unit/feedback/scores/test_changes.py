"""A change is told when there is one, and not when there is none."""

from datetime import timedelta

import numpy as np
import pytest

from consult.feedback.scores import change_points, latest_drop
from tests.unit.feedback.scores.weeks import MONDAY, series_of

GOOD = [0.05, 0.08, 0.15, 0.32, 0.40]
WORSE = [0.12, 0.16, 0.22, 0.28, 0.22]


def weeks(random: np.random.Generator, number: int, shares: list[float]) -> list[list[int]]:
    """Weeks with about 20 answers each."""
    return [list(random.multinomial(random.poisson(20), shares)) for _ in range(number)]


def test_flat_series_are_rarely_said_to_change() -> None:
    random = np.random.default_rng(11)
    alarms = sum(bool(change_points(series_of(weeks(random, 52, GOOD)))) for _ in range(120))
    assert alarms <= 120 * 0.05


def test_weeks_that_differ_more_than_chance_are_no_false_alarm() -> None:
    """Some weeks are bad and some good: it is not answers that are independent, but weeks."""
    random = np.random.default_rng(12)
    alarms = 0
    for _ in range(100):
        moods = [GOOD if random.random() < 0.5 else WORSE for _ in range(52)]
        alarms += bool(change_points(series_of([weeks(random, 1, mood)[0] for mood in moods])))
    assert alarms <= 100 * 0.05


def test_a_clear_drop_is_found_and_dated() -> None:
    random, found = np.random.default_rng(13), []
    for _ in range(30):
        series = series_of(weeks(random, 40, GOOD) + weeks(random, 12, WORSE))
        found.append(latest_drop(series))
    assert sum(change is not None for change in found) >= 30 * 0.95
    truth = MONDAY + timedelta(weeks=40)
    near = sum(change is not None and abs((change.since - truth).days) <= 14 for change in found)
    assert near >= 30 * 0.85
    truths = np.dot([1, 2, 3, 4, 5], WORSE) - np.dot([1, 2, 3, 4, 5], GOOD)
    held = [c.interval.low <= truths <= c.interval.high for c in found if c]
    assert sum(held) >= 0.85 * len(held)


def test_two_changes_are_both_told_in_order() -> None:
    random = np.random.default_rng(14)
    series = series_of(weeks(random, 20, GOOD) + weeks(random, 20, WORSE) + weeks(random, 20, GOOD))
    down, up = change_points(series)
    assert down.is_drop
    assert not up.is_drop
    assert down.since < up.since
    assert down.after == up.before
    assert latest_drop(series) is None


def test_a_real_but_tiny_change_is_not_worth_telling() -> None:
    flat = [[0, 0, 0, 5_000, 5_000]] * 20 + [[0, 0, 0, 5_300, 4_700]] * 20
    assert change_points(series_of(flat)) == []


@pytest.mark.parametrize("counts", [[], [[0, 0, 1, 0, 0]], [[0] * 5] * 40, [[0, 0, 0, 0, 9]] * 40])
def test_nothing_to_compare_is_no_change(counts: list[list[int]]) -> None:
    assert change_points(series_of(counts)) == []


def test_five_years_of_days_are_told_by_weeks() -> None:
    random = np.random.default_rng(15)
    days = weeks(random, 900, GOOD) + weeks(random, 926, WORSE)
    (change,) = change_points(series_of(days, days=1))
    assert change.days == 7
    assert abs((change.since - MONDAY).days - 900) <= 28
