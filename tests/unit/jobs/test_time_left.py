"""The time left is told when it can be known, and only falls between two reports."""

import pytest

from consult.jobs.time_left import seconds_left, time_left_words


def test_too_little_done_tells_nothing() -> None:
    assert seconds_left(0.0, 60.0) is None
    assert seconds_left(0.04, 60.0) is None
    assert seconds_left(0.5, 1.0) is None
    assert seconds_left(1.0, 60.0) is None


def test_it_falls_as_time_goes_and_says_nothing_once_it_was_wrong() -> None:
    told = [seconds_left(0.25, 10.0, since) for since in (0, 10, 29, 31)]
    assert told == [30, 20, 1, None]


@pytest.mark.parametrize(
    ("seconds", "fr", "en"),
    [
        (12, "moins d’une minute", "less than a minute left"),
        (70, "environ 1 minute", "about 1 minute left"),
        (125, "environ 2 minutes", "about 2 minutes left"),
        (3500, "environ 1 heure", "about 1 hour left"),
        (7000, "environ 2 heures", "about 2 hours left"),
    ],
)
def test_words(seconds: float, fr: str, en: str) -> None:
    assert time_left_words(seconds, "fr") == f"encore {fr}"
    assert time_left_words(seconds, "en") == en
