"""Counts of limits in the memory of one process."""

import threading

import pytest

from consult.limit_counts import MANY, ProcessStorage


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """``clock[0]`` is the time, in seconds."""
    now = [1_000.0]
    monkeypatch.setattr("consult.limit_counts.time.time", lambda: now[0])
    return now


def test_a_window_ends_so_many_seconds_after_its_first_count(clock: list[float]) -> None:
    counts = ProcessStorage()
    assert [counts.incr("a", 60), counts.incr("a", 60), counts.incr("b", 60)] == [1, 2, 1]
    assert (counts.get("a"), counts.get_expiry("a")) == (2, 1_060.0)
    clock[0] = 1_059.0
    assert counts.incr("a", 60, amount=3) == 5
    clock[0] = 1_060.0
    assert (counts.get("a"), counts.get_expiry("a")) == (0, 1_060.0)
    assert counts.incr("a", 60) == 1


def test_what_has_ended_is_let_go(clock: list[float]) -> None:
    counts = ProcessStorage()
    for number in range(MANY + 1):
        counts.incr(f"old {number}", 60)
    clock[0] += 61
    counts.incr("new", 60)
    assert counts.reset() == 1


def test_counts_are_cleared_one_by_one_or_all() -> None:
    counts = ProcessStorage("process://")
    counts.incr("a", 60)
    counts.incr("b", 60)
    counts.clear("a")
    assert (counts.get("a"), counts.get("b"), counts.check()) == (0, 1, True)
    assert (counts.reset(), counts.get("b")) == (1, 0)


def test_no_thread_is_started_and_none_is_lost() -> None:
    counts = ProcessStorage()
    before = threading.active_count()
    counts.incr("a", 60)
    assert threading.active_count() == before
