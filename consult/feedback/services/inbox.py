"""What a team does with what came in: tags, notes, handled or not, what is held."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from consult.db import db
from consult.errors import DomainError
from consult.feedback.models import FeedbackItem, FeedbackNote, FeedbackTag, NoteKind, Review
from consult.feedback.services.totals import forget_totals
from consult.feedback.services.webhooks import announce_item
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account
from consult.privacy.errors import UnstorableTextError
from consult.privacy.redaction import redact
from consult.privacy.text import clean_text

MAX_TAG = 40
MAX_NOTE = 2_000

#: What each decision on a held item leaves in its history.
_HISTORY = {
    Review.KEPT: NoteKind.KEPT,
    Review.SET_ASIDE: NoteKind.SET_ASIDE,
    Review.HELD: NoteKind.HELD,
}


class WordsRefusedError(DomainError):
    """A tag or a note that cannot be kept."""

    status = 422
    code = "words-refused"
    message = _l("These words cannot be kept. Type them again.")


def tag_words(typed: str) -> str:
    """A tag as it is kept: lower case, one space between words, nothing that names a person."""
    tag = _safe(" ".join(typed.split()).lower())
    if not tag:
        raise WordsRefusedError(_l("Write a tag of one or a few words."))
    if len(tag) > MAX_TAG:
        raise WordsRefusedError(_l("Shorten the tag to 40 characters."))
    return tag


def _safe(text: str) -> str:
    try:
        return redact(clean_text(text)).text
    except UnstorableTextError as error:
        message: LazyString = _l(
            "A hidden character stands in this text. Type the text rather than paste it."
        )
        raise WordsRefusedError(message) from error


def tag(actor: Account, items: Iterable[FeedbackItem], typed: str, now: datetime) -> str:
    """Puts a tag on items, once on each; returns it as it is kept."""
    kept = tag_words(typed)
    ids = {item.id for item in items}
    query = select(FeedbackTag.item_id).where(FeedbackTag.item_id.in_(ids), FeedbackTag.tag == kept)
    for item_id in sorted(ids - set(db.session.scalars(query))):
        row = FeedbackTag(item_id=item_id, tag=kept, added_at=now, added_by_id=actor.id)
        db.session.add(row)
    db.session.flush()
    return kept


def untag(items: Iterable[FeedbackItem], typed: str) -> str:
    """Takes a tag off items; returns it as it was kept."""
    kept = tag_words(typed)
    ids = [item.id for item in items]
    db.session.execute(
        delete(FeedbackTag).where(FeedbackTag.item_id.in_(ids), FeedbackTag.tag == kept)
    )
    return kept


def note(actor: Account, item: FeedbackItem, typed: str, now: datetime) -> FeedbackNote:
    """Adds what a member of the team writes about an item, without identifiers."""
    text = _safe(typed)
    if not text:
        raise WordsRefusedError(_l("Write the note first."))
    if len(text) > MAX_NOTE:
        raise WordsRefusedError(_l("Shorten the note to 2,000 characters."))
    made = FeedbackNote(item=item, author=actor, text=text, written_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def handle(actor: Account, items: Iterable[FeedbackItem], now: datetime) -> int:
    """Marks items as handled; those that are stay as they are. Returns how many changed."""
    changed = [item for item in items if item.handled_at is None]
    for item in changed:
        item.handled_at, item.handled_by_id = now, actor.id
    return len(changed)


def reopen(items: Iterable[FeedbackItem]) -> int:
    """Marks items as not handled; returns how many changed."""
    changed = [item for item in items if item.handled_at is not None]
    for item in changed:
        item.handled_at = item.handled_by_id = None
    return len(changed)


def review(actor: Account, items: Iterable[FeedbackItem], decision: Review, now: datetime) -> int:
    """Keeps items that were held, sets them aside, or holds them again; returns how many changed.

    What was never suspect stays as it is: nobody sets words aside because they displease.
    """
    changed = [i for i in items if i.review is not Review.CLEAR and i.review is not decision]
    for item in changed:
        is_news = item.review is Review.HELD and decision is Review.KEPT
        item.review = decision
        if is_news:
            announce_item(item, now)
        kind = _HISTORY[decision]
        db.session.add(FeedbackNote(item=item, author=actor, kind=kind, written_at=now))
    for service in {item.service for item in changed}:
        forget_totals(service)
        count = sum(item.service is service for item in changed)
        told = {"decision": ("", decision.value), "feedback": (0, count)}
        body, name = service.organization, service.name.fr
        record_act(actor, body, Action.FEEDBACK_REVIEWED, name, now, told)
    db.session.flush()
    return len(changed)
