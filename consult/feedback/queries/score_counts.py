"""Reads of answers counted: by day, language, channel, or page, never row by row.

Two grouped queries at most, whatever the number of rows; what they return is what a table of
counts kept ready would hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Select, case, cast, func, literal, select, union_all

from consult.config import QUEBEC_TIME
from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.feedback.scores.counts import COMMENTED, GIVEN, Cell, Counts
from consult.organizations.models import Service

QUEBEC = ZoneInfo(QUEBEC_TIME)

#: What the ready sets ask beside satisfaction, which ``rating`` holds whatever the set: the
#: questions that measures are made of. A service's own questions are not measured by their name.
ASKED: Mapping[str, tuple[str, ...]] = {
    "faces": ("feeling",),
    "task": ("completion", "ease"),
    "trust": ("trust",),
    "recommend": ("recommend",),
}


@dataclass(frozen=True)
class Filters:
    """Which feedback: of a language, a channel, a page, from a day to another (both included)."""

    lang: str | None = None
    channel: str | None = None
    page: str | None = None
    first: date | None = None
    last: date | None = None


def counts_by_day(service: Service, filters: Filters) -> Counts:
    """What was answered each day of Québec's calendar, by language and channel; no page is told."""
    named: dict[str, Any] = {
        "day": _quebec_day(),
        "lang": FeedbackItem.lang,
        "channel": FeedbackItem.channel,
    }
    return Counts(list(_cells(_grouped(service, filters, named))))


def counts_by_page(service: Service, filters: Filters) -> Counts:
    """What was answered from each page; the day of all is the first of the calendar."""
    named: dict[str, Any] = {"page": func.coalesce(FeedbackItem.page, "")}
    return Counts(list(_cells(_grouped(service, filters, named))))


def channels_of(service: Service) -> list[str]:
    """The channels that feedback on a service came by."""
    query = select(FeedbackItem.channel).where(_counts_for(service)).distinct()
    return sorted(db.session.scalars(query))


def mark_before(service: Service, day: date) -> tuple[tuple[int, int], ...]:
    """A mark of what counts and was said before ``day``: it is another once any of it changes.

    Of each state of review: how many items there are, and the sum of their database ids. All are
    taken from an index that is read alone, less the few said since: milliseconds where a look at
    each row would take a second. An item held, kept, imported late or erased changes it.
    """
    item, sums = FeedbackItem, (func.count(), func.coalesce(func.sum(FeedbackItem.id), 0))
    every = select(literal(1), item.review, *sums).where(_counts_for(service))
    since = select(literal(-1), item.review, *sums).where(
        item.service_id == service.id, item.submitted_at >= _midnight(day)
    )
    query = union_all(every.group_by(item.review), since.group_by(item.review))
    found = {review: (0, 0) for review in COUNTED}
    for sign, review, count, total in db.session.execute(query):
        if review in found:
            before = found[review]
            found[review] = before[0] + sign * count, before[1] + sign * int(total)
    return tuple(found.values())


def _counts_for(service: Service) -> ColumnElement[bool]:
    return (FeedbackItem.service_id == service.id) & FeedbackItem.review.in_(COUNTED)


def _grouped(service: Service, filters: Filters, named: Mapping[str, Any]) -> Select[Any]:
    """Items counted by ``named`` and by their answers.

    The answers are taken out in a query within, so that both databases group by plain columns.
    """
    columns = [column.label(name) for name, column in named.items()]
    columns += [
        FeedbackItem.question_set.label("question_set"),
        FeedbackItem.rating.label("rating"),
        case((FeedbackItem.comment != "", 1), else_=0).label("commented"),
        _answer(0).label("first_answer"),
        _answer(1).label("second_answer"),
    ]
    inner = select(*columns).where(_counts_for(service), *_conditions(filters)).subquery()
    return select(*inner.c, func.count().label("number")).group_by(*inner.c)


def _answer(place: int) -> ColumnElement[Any]:
    """The answer to the question at this place of ``ASKED``, by the set that was asked."""
    return case(
        *(
            (
                FeedbackItem.question_set == literal(name),
                FeedbackItem.answers[questions[place]].as_string(),
            )
            for name, questions in ASKED.items()
            if len(questions) > place
        ),
        else_=None,
    )


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.lang is not None:
        yield FeedbackItem.lang == filters.lang
    if filters.channel is not None:
        yield FeedbackItem.channel == filters.channel
    if filters.page is not None:
        yield FeedbackItem.page == filters.page
    if filters.first is not None:
        yield FeedbackItem.submitted_at >= _midnight(filters.first)
    if filters.last is not None:
        yield FeedbackItem.submitted_at < _midnight(filters.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), QUEBEC)


def _quebec_day() -> ColumnElement[Any]:
    """The day of Québec's calendar when an item was submitted."""
    moment = FeedbackItem.submitted_at
    if db.engine.dialect.name == "postgresql":
        return cast(func.timezone(QUEBEC_TIME, moment), Date)
    summers = [(moment >= start) & (moment < end) for start, end in _summers()]
    second = func.substr(moment, 1, 19)  # date() rounds: the day would end half a ms early
    return func.date(second, case(*((one, "-4 hours") for one in summers), else_="-5 hours"))


def _summers() -> Iterator[tuple[datetime, datetime]]:
    """When Québec is four hours behind UTC, not five, since 2007: SQLite knows no time zones.

    From the second Sunday of March to the first of November, at two o'clock.
    """
    for year in range(2007, datetime.now(UTC).year + 2):
        start = datetime.combine(_sunday(date(year, 3, 8)), time(7), UTC)
        end = datetime.combine(_sunday(date(year, 11, 1)), time(6), UTC)
        yield start, end


def _sunday(day: date) -> date:
    """The first Sunday from ``day`` on."""
    return day + timedelta(days=6 - day.weekday())


def _cells(query: Select[Any]) -> Iterator[Cell]:
    """A cell for each question that the people of a row answered."""
    for row in db.session.execute(query).mappings():
        day = row.get("day") or date.min
        where = (
            date.fromisoformat(day) if isinstance(day, str) else day,
            row.get("lang") or "",
            row.get("channel") or "",
            row.get("page") or "",
            row["question_set"],
        )
        number = row["number"]
        yield Cell(*where, GIVEN, "", number)
        if row["commented"]:
            yield Cell(*where, COMMENTED, "", number)
        if row["rating"] is not None:
            yield Cell(*where, "rating", str(row["rating"]), number)
        asked = ASKED.get(row["question_set"], ())
        for question, answer in zip(
            asked, (row["first_answer"], row["second_answer"]), strict=False
        ):
            if answer is not None:
                yield Cell(*where, question, str(answer), number)
