"""The filters of the inbox, as they stand in its address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, or_, select

from consult.config import QUEBEC_TIME
from consult.feedback.models import FeedbackContact, FeedbackItem, FeedbackTag, Review
from consult.feedback.models.items import COUNTED
from consult.feedback.search.matching import says
from consult.searching.asked import LONGEST, read_asked

#: Rating filter: those without one.
NO_RATING = "none"

_ANSWER = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+", re.ASCII)

#: What each of these filters may be; the first is what an address without it shows.
STATES = ("", "open", "handled")
REVIEWS = ("", "held", "set_aside", "all")
CONTACTS = ("", "waiting", "answered")


@dataclass(frozen=True)
class Filters:
    """What is looked for; an empty filter lets everything through.

    ``answer`` is a question and a code ('completion.no') of ``question_set``. ``since`` and
    ``until`` are Québec days ('2026-03-01'), both included. Without ``review``, what counts.
    """

    words: str = ""
    rating: str = ""
    question_set: str = ""
    answer: str = ""
    lang: str = ""
    channel: str = ""
    page: str = ""
    tag: str = ""
    state: str = ""
    review: str = ""
    contact: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> "Filters":
        """The filters of an address; one that cannot be is as if it were not there."""
        given = {f.name: args.get(f.name, "").strip()[:LONGEST] for f in fields(cls)}
        for name, offered in (("state", STATES), ("review", REVIEWS), ("contact", CONTACTS)):
            given[name] = given[name] if given[name] in offered else ""
        given["lang"] = given["lang"] if given["lang"] in ("fr", "en") else ""
        given["rating"] = given["rating"] if given["rating"] in (*"12345", NO_RATING) else ""
        given["answer"] = given["answer"] if _ANSWER.fullmatch(given["answer"]) else ""
        for name in ("since", "until"):
            given[name] = given[name] if _day(given[name]) else ""
        return cls(**given)

    @property
    def given(self) -> dict[str, str]:
        """Those that are set, as an address has them."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}

    def conditions(self) -> list[ColumnElement[bool]]:
        """What an item must be."""
        item = FeedbackItem
        found = [_review(self.review), _state(self.state), _contact(self.contact)]
        if asked := read_asked(self.words):
            found.append(says(asked))
        if self.rating:
            number = None if self.rating == NO_RATING else int(self.rating)
            found.append(item.rating == number)
        for name in ("question_set", "lang", "channel"):
            if value := getattr(self, name):
                found.append(getattr(item, name) == value)
        if self.page:
            found.append(item.page.startswith(self.page, autoescape=True))
        if self.question_set and self.answer:
            found.append(_answered(*self.answer.split(".", 1)))
        if self.tag:
            tagged = select(FeedbackTag.item_id).where(FeedbackTag.tag == self.tag.lower())
            found.append(item.id.in_(tagged))
        if day := _day(self.since):
            found.append(item.submitted_at >= _start(day))
        if day := _day(self.until):
            found.append(item.submitted_at < _start(day + timedelta(days=1)))
        return [condition for condition in found if condition is not None]


def _day(text: str) -> date | None:
    """A day that a computer of any database can still add a day to."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 9000 else None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(QUEBEC_TIME)).astimezone(UTC)


def _review(review: str) -> ColumnElement[bool] | None:
    if review == "all":
        return None
    wanted = COUNTED if review == "" else (Review(review),)
    return FeedbackItem.review.in_(wanted)


def _state(state: str) -> ColumnElement[bool] | None:
    handled_at = FeedbackItem.handled_at
    return {"open": handled_at.is_(None), "handled": handled_at.is_not(None)}.get(state)


def _contact(contact: str) -> ColumnElement[bool] | None:
    answered_at = FeedbackContact.answered_at
    which = {
        "waiting": and_(answered_at.is_(None), FeedbackContact.sealed.is_not(None)),
        "answered": answered_at.is_not(None),
    }.get(contact)
    return (
        None if which is None else FeedbackItem.id.in_(select(FeedbackContact.item_id).where(which))
    )


def _answered(question: str, code: str) -> ColumnElement[bool]:
    """True where the question was answered with the code, alone or among several."""
    kept = cast(FeedbackItem.answers[question].as_string(), String)
    return or_(kept == code, kept.contains(f'"{code}"', autoescape=True))
