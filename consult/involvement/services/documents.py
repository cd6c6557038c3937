"""Documents of an activity: checked by their content, kept with the other files of the site."""

from datetime import datetime
from pathlib import PurePath

from consult.db import db, new_public_id
from consult.files.errors import FileRefusedError
from consult.files.kinds import type_of
from consult.files.storing import MEGABYTE, erased_with, keep
from consult.involvement.errors import TooManyDocumentsError
from consult.involvement.models import Activity, ActivityDocument
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account
from consult.organizations.permissions import can_record_activities, require
from consult.privacy.redaction import redact
from consult.privacy.text import clean_text, without_control_characters

#: Extensions of what is taken, and how much a document may weigh.
ACCEPTED = ("pdf", "docx", "odt", "png", "jpg")
LARGEST_MEGABYTES = 10
MOST_DOCUMENTS = 20

erased_with(ActivityDocument)


def add_document(
    actor: Account, activity: Activity, name: str, data: bytes, now: datetime
) -> ActivityDocument:
    """Keeps a file of an activity, under its name without what identifies a person.

    Raises ``FileRefusedError`` when its content is none of ``ACCEPTED``, ``TooManyDocumentsError``.
    """
    require(can_record_activities, actor, activity.organization)
    if len(activity.documents) >= MOST_DOCUMENTS:
        raise TooManyDocumentsError()
    if not data:
        raise FileRefusedError("empty")
    if len(data) > LARGEST_MEGABYTES * MEGABYTE:
        raise FileRefusedError("large")
    found = type_of(data)
    if found.extension not in ACCEPTED:
        raise FileRefusedError("kind")
    public_id = new_public_id()
    document = ActivityDocument(
        public_id=public_id,
        activity=activity,
        name=_plain_name(name) or f"document.{found.extension}",
        media_type=found.media_type,
        extension=found.extension,
        size=keep(public_id, found.media_type, data),
        added_at=now,
    )
    db.session.add(document)
    db.session.flush()
    _note(actor, document, Action.DOCUMENT_ADDED, now)
    return document


def remove_document(actor: Account, document: ActivityDocument, now: datetime) -> None:
    """Takes a document away for good."""
    activity = document.activity
    require(can_record_activities, actor, activity.organization)
    _note(actor, document, Action.DOCUMENT_REMOVED, now)
    activity.documents.remove(document)
    db.session.flush()


def _plain_name(name: str) -> str:
    last = PurePath(without_control_characters(name).replace("\\", "/")).name
    stem, dot, extension = last.rpartition(".")
    safe = redact(clean_text(stem or extension)).text
    return f"{safe[:180]}{dot}{extension[:10]}" if stem else safe[:190]


def _note(actor: Account, document: ActivityDocument, action: Action, now: datetime) -> None:
    activity = document.activity
    subject = f"{document.name}, {activity.title.in_language('fr')}"
    record_act(actor, activity.organization, action, subject, now)
