"""A silence that chance hardly explains is told, once; nights and Sundays are not."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from consult.feedback.alerts.silence import silence

START = datetime(2026, 1, 5, 5, tzinfo=UTC)  # a Monday, midnight in Québec
HOUR = timedelta(hours=1)


@cache
def answers(per_week: int, weeks: int, seed: int) -> list[datetime]:
    """Office hours, few on Saturdays, none on Sundays and at night; weeks vary."""
    random = np.random.default_rng(seed)
    hours = np.array([0] * 7 + [1] + [2] * 10 + [0.5] * 6)
    rates = np.outer([1, 1, 1, 1, 1, 0.2, 0], hours).ravel()
    rates *= per_week / rates.sum()
    times = [
        START + timedelta(weeks=week, hours=int(hour), minutes=random.uniform(0, 60))
        for week in range(weeks)
        for share in [random.gamma(20, 1 / 20)]
        for hour in np.repeat(np.arange(168), random.poisson(rates * share))
    ]
    return sorted(times)


def told(times: list[datetime], now: datetime) -> datetime | None:
    before = times[: bisect_left(times, now)]
    found = silence(before, now)
    return found.since if found else None


def test_a_broken_form_is_told_within_a_working_day() -> None:
    times = [time for time in answers(100, 10, 1) if time < START + timedelta(weeks=9, hours=9)]
    morning = START + timedelta(weeks=9, hours=8)
    assert told(times, morning) is None, "Monday before work"
    assert told(times, morning + 12 * HOUR) == times[-1]
    found = silence(times, morning + 12 * HOUR)
    assert found is not None
    assert 8 < found.expected < 25
    assert found.chance < 0.001


def test_a_long_silence_is_measured_against_the_weeks_before_it() -> None:
    times = [time for time in answers(30, 10, 2) if time < START + timedelta(weeks=9)]
    found = silence(times, START + timedelta(weeks=12))
    assert found is not None
    assert 60 < found.expected < 120


@pytest.mark.parametrize("per_week", [0, 6])
def test_a_service_with_few_answers_is_let_be(per_week: int) -> None:
    assert told(answers(per_week, 10, 3), START + timedelta(weeks=11)) is None


def test_a_service_that_only_began_is_let_be() -> None:
    assert told(answers(90, 2, 3), START + timedelta(weeks=3)) is None


@pytest.mark.parametrize("per_week", [15, 100])
def test_false_alarms_are_rare(per_week: int) -> None:
    """One in ten years is meant; each gap is looked at when it is at its longest."""
    alarms = 0
    for seed in range(10, 20):
        times = answers(per_week, 61, seed)
        for place in range(bisect_left(times, START + timedelta(weeks=9)), len(times)):
            if times[place] - times[place - 1] > 3 * HOUR:
                first = bisect_left(times, times[place] - timedelta(weeks=17))
                alarms += silence(times[first:place], times[place]) is not None
    assert alarms <= 3
