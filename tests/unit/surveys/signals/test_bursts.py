"""Bursts stand out from what is usual around them, whatever the time of day."""

import random

from consult.surveys.signals.bursts import WINDOW, bursts


def steady(rate: float, windows: int, seed: int = 1) -> dict[int, int]:
    """Answers that come in by chance at a rate per window."""
    chance = random.Random(seed)
    counts = {w: sum(chance.random() < rate / 50 for _try in range(50)) for w in range(windows)}
    return {window: count for window, count in counts.items() if count}


def test_steady_answers_hold_no_burst() -> None:
    assert bursts({}) == []
    assert bursts({7: 1}) == []
    for seed in range(20):
        assert bursts(steady(4, 1_000, seed)) == []
        assert bursts(steady(0.05, 1_000, seed)) == []


def test_a_burst_is_told_with_its_time_and_its_numbers() -> None:
    counts = steady(3, 1_000)
    counts[500], counts[501] = 40, 35
    (found,) = bursts(counts)
    assert (found.start, found.end, found.count) == (500 * WINDOW, 502 * WINDOW, 75)
    assert 4 <= found.expected <= 10
    assert found.chance < 0.001


def test_a_busy_afternoon_is_not_a_burst() -> None:
    counts = steady(1, 1_000)
    counts |= {window: 20 + window % 5 for window in range(400, 460)}
    assert bursts(counts) == []


def test_a_few_answers_at_once_are_not_a_burst_in_a_quiet_consultation() -> None:
    assert bursts({0: 1, 50: 5, 900: 1}) == []
    assert [one.count for one in bursts({0: 1, 50: 25, 900: 1})] == [25]
