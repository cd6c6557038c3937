"""A drop of a figure as an alert keeps it, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.feedback.scores import Change, Interval

_DAYS = ("since", "from_day", "until")
_NUMBERS = ("days", "before", "after", "answers_before", "answers_after", "p")


def drop_details(change: Change) -> dict[str, Any]:
    """The change as values that JSON knows."""
    return {
        **{name: getattr(change, name).isoformat() for name in _DAYS},
        **{name: getattr(change, name) for name in _NUMBERS},
        "interval": list(change.interval),
    }


def drop_of(details: Mapping[str, Any]) -> Change:
    """The change that ``drop_details`` was given."""
    days: dict[str, Any] = {name: date.fromisoformat(details[name]) for name in _DAYS}
    numbers: dict[str, Any] = {name: details[name] for name in _NUMBERS}
    return Change(interval=Interval(*details["interval"]), **days, **numbers)
