"""Reads of the inbox: a page of it, how many there are, and what its filters offer."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, tuple_

from consult.db import UTCDateTime, db
from consult.feedback.inbox.filters import Filters
from consult.feedback.models import (
    FeedbackContact,
    FeedbackItem,
    FeedbackNote,
    FeedbackTag,
    OwnQuestionSet,
    Review,
)
from consult.feedback.question_sets import READY
from consult.feedback.question_sets.sets import own_name
from consult.organizations.models import Service

PER_PAGE = 20
#: More matches than this are not counted to the end.
COUNTED_UP_TO = 10_000
#: How many tags are suggested, and how many rows of a file are read at once.
MOST_TAGS = 200
AT_A_TIME = 500


@dataclass(frozen=True)
class InboxPage:
    """Some items, newest first, with their tags, contacts and number of notes by item id.

    ``newer`` and ``older`` are the items from which the pages before and after go on.
    """

    items: list[FeedbackItem]
    newer: uuid.UUID | None = None
    older: uuid.UUID | None = None
    tags: dict[int, list[str]] = field(default_factory=dict)
    contacts: dict[int, FeedbackContact] = field(default_factory=dict)
    notes: dict[int, int] = field(default_factory=dict)


def inbox_page(
    service: Service, filters: Filters, older_than: str = "", newer_than: str = ""
) -> InboxPage:
    """The page that follows an item, or comes before it; the newest without either.

    Pages go from item to item, so that the thousandth is as quick as the first, and what comes in
    meanwhile moves nothing.
    """
    conditions = [FeedbackItem.service_id == service.id, *filters.conditions()]
    if edge := item_of(service, newer_than):
        found = _some(conditions, _place(edge), forward=False)
        rows, more = found[:PER_PAGE][::-1], len(found) > PER_PAGE
        has_newer, has_older = more, True
    else:
        edge = item_of(service, older_than)
        found = _some(conditions, _place(edge), forward=True)
        rows, has_older = found[:PER_PAGE], len(found) > PER_PAGE
        has_newer = edge is not None
    return InboxPage(
        rows,
        newer=rows[0].public_id if rows and has_newer else None,
        older=rows[-1].public_id if rows and has_older else None,
        tags=tags_of(rows),
        contacts=_contacts_of(rows),
        notes=_notes_of(rows),
    )


#: When an item was submitted, and its id: the order of the list.
Place = tuple[datetime, int]


def _place(item: FeedbackItem | None) -> Place | None:
    return (item.submitted_at, item.id) if item else None


def _some(
    conditions: list[ColumnElement[bool]],
    edge: Place | None,
    *,
    forward: bool,
    count: int = PER_PAGE + 1,
) -> list[FeedbackItem]:
    """The next items after ``edge``: older ones when ``forward``, else newer ones."""
    place = tuple_(FeedbackItem.submitted_at, FeedbackItem.id)
    query = select(FeedbackItem).where(*conditions)
    if edge is not None:
        at = tuple_(literal(edge[0], UTCDateTime), literal(edge[1]))
        query = query.where(place < at if forward else place > at)
    columns = (FeedbackItem.submitted_at, FeedbackItem.id)
    order = [column.desc() if forward else column.asc() for column in columns]
    return list(db.session.scalars(query.order_by(*order).limit(count)))


def all_items(service: Service, filters: Filters) -> Iterator[list[FeedbackItem]]:
    """Every match, newest first, some at a time; memory stays the same however many there are."""
    conditions = [FeedbackItem.service_id == service.id, *filters.conditions()]
    edge: Place | None = None
    while rows := _some(conditions, edge, forward=True, count=AT_A_TIME):
        edge = _place(rows[-1])
        is_last = len(rows) < AT_A_TIME
        yield rows
        if is_last:
            return


def item_of(service: Service, public_id: str | uuid.UUID) -> FeedbackItem | None:
    """The item of the service with this public identifier; None for anything else."""
    return next(iter(items_of(service, [str(public_id)])), None)


def items_of(service: Service, public_ids: Iterable[str]) -> list[FeedbackItem]:
    """Those of the service, newest first; what is no identifier of one is left out."""
    known = set()
    for text in public_ids:
        try:
            known.add(uuid.UUID(text))
        except ValueError:
            continue
    if not known:
        return []
    query = select(FeedbackItem).where(
        FeedbackItem.service_id == service.id, FeedbackItem.public_id.in_(known)
    )
    return list(db.session.scalars(query.order_by(FeedbackItem.submitted_at.desc())))


def count_matches(service: Service, filters: Filters) -> int:
    """How many match; ``COUNTED_UP_TO`` and one when there are more."""
    some = (
        select(FeedbackItem.id)
        .where(FeedbackItem.service_id == service.id, *filters.conditions())
        .limit(COUNTED_UP_TO + 1)
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def count_held(service: Service) -> int:
    """How many wait for somebody to say whether they count."""
    query = select(func.count()).where(
        FeedbackItem.service_id == service.id, FeedbackItem.review == Review.HELD
    )
    return db.session.scalar(query) or 0


def has_any(service: Service) -> bool:
    query = select(FeedbackItem.id).where(FeedbackItem.service_id == service.id).limit(1)
    return db.session.scalar(query) is not None


def tags_of(items: Iterable[FeedbackItem]) -> dict[int, list[str]]:
    """The tags of each item, in order."""
    query = select(FeedbackTag.item_id, FeedbackTag.tag).where(
        FeedbackTag.item_id.in_([item.id for item in items])
    )
    found: dict[int, list[str]] = {}
    for item_id, tag in db.session.execute(query.order_by(FeedbackTag.tag)):
        found.setdefault(item_id, []).append(tag)
    return found


def _contacts_of(items: Iterable[FeedbackItem]) -> dict[int, FeedbackContact]:
    query = select(FeedbackContact).where(FeedbackContact.item_id.in_([i.id for i in items]))
    return {contact.item_id: contact for contact in db.session.scalars(query)}


def _notes_of(items: Iterable[FeedbackItem]) -> dict[int, int]:
    query = (
        select(FeedbackNote.item_id, func.count())
        .where(FeedbackNote.item_id.in_([i.id for i in items]), FeedbackNote.text != "")
        .group_by(FeedbackNote.item_id)
    )
    return {item_id: count for item_id, count in db.session.execute(query)}


def contact_of(item: FeedbackItem) -> FeedbackContact | None:
    return db.session.get(FeedbackContact, item.id)


def notes_on(item: FeedbackItem) -> list[FeedbackNote]:
    """What was written and decided about an item, oldest first."""
    query = select(FeedbackNote).where(FeedbackNote.item_id == item.id)
    return list(db.session.scalars(query.order_by(FeedbackNote.written_at, FeedbackNote.id)))


def known_tags(service: Service) -> list[str]:
    """The tags that the team of a service uses."""
    query = (
        select(FeedbackTag.tag)
        .join(FeedbackItem, FeedbackItem.id == FeedbackTag.item_id)
        .where(FeedbackItem.service_id == service.id)
        .distinct()
        .order_by(FeedbackTag.tag)
        .limit(MOST_TAGS)
    )
    return list(db.session.scalars(query))


def known_sets(service: Service) -> list[str]:
    """The names of the question sets that the service may have asked."""
    query = select(OwnQuestionSet.number).where(OwnQuestionSet.service_id == service.id)
    numbers = db.session.scalars(query.order_by(OwnQuestionSet.number.desc()))
    return [*READY, *(own_name(number) for number in numbers)]
