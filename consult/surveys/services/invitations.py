"""Invitation codes: made once, found by their hash, spent by sending answers, revoked."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from consult.db import db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys.errors import InvitationNeededError, InvitationSpentError
from consult.surveys.invitation_list import UnreadableListError
from consult.surveys.models import Access, Consultation, Invitation, Response, ResponseState
from consult.surveys.receipts import new_receipt_code

#: Rows written, or looked up, by one statement.
AT_ONCE = 500

#: How far back used invitations are written again: a purge that was missed is made up for.
SCATTERED = timedelta(days=7)


class Made(NamedTuple):
    """An invitation as it is told this one time; the code is not kept."""

    reference: str
    code: str


class Totals(NamedTuple):
    """How many invitations there are, and how many were used."""

    made: int
    used: int

    @property
    def left(self) -> int:
        return self.made - self.used


def code_hash(secret: str, code: str) -> str:
    """What is kept of a code: a keyed hash (HMAC-SHA-256) that leads back to nothing."""
    return hmac.new(secret.encode(), f"invitation {code}".encode(), hashlib.sha256).hexdigest()


def make_invitations(
    actor: Account,
    consultation: Consultation,
    references: Sequence[str],
    secret: str,
    now: datetime,
) -> list[Made]:
    """One invitation for each reference, blank ones too, in their order.

    Raises ``NotAllowedError``, or ``UnreadableListError`` for a reference that has one already.
    """
    require(can_edit_consultations, actor, consultation.organization)
    _refuse_known(consultation, references)
    made = [Made(reference, new_receipt_code()) for reference in references]
    body, count = consultation.organization, {"codes": (0, len(made))}
    record_act(actor, body, Action.CODES_MADE, consultation.title.fr, now, count)
    rows = (
        {
            "consultation_id": consultation.id,
            "code_hash": code_hash(secret, one.code),
            "reference": one.reference,
            "created_at": now,
        }
        for one in made
    )
    while some := list(islice(rows, AT_ONCE)):
        db.session.execute(insert(Invitation), some)
    return made


def _refuse_known(consultation: Consultation, references: Sequence[str]) -> None:
    for some in _portions([one for one in references if one]):
        query = select(Invitation.reference).where(
            Invitation.consultation_id == consultation.id, Invitation.reference.in_(some)
        )
        if known := db.session.scalar(query.limit(1)):
            raise UnreadableListError(
                _(
                    "“%(reference)s” has an invitation already. Take it out of the list, or revoke "
                    "its invitation first.",
                    reference=known,
                )
            )


def _portions(references: list[str]) -> Iterator[list[str]]:
    return (references[at : at + AT_ONCE] for at in range(0, len(references), AT_ONCE))


def find_invitation(consultation: Consultation, code: str, secret: str) -> Invitation:
    """The unused invitation of a code; ``InvitationSpentError`` when it was used already.

    Raises ``InvitationNeededError`` for an unknown code.
    """
    query = select(Invitation).where(
        Invitation.consultation_id == consultation.id,
        Invitation.code_hash == code_hash(secret, code),
    )
    invitation: Invitation | None = db.session.scalar(query)
    if invitation is None:
        raise InvitationNeededError()
    if invitation.used_at:
        raise InvitationSpentError()
    return invitation


def needs_invitation(response: Response) -> bool:
    """True when sending the response takes an invitation; a correction takes none."""
    is_new = response.state is ResponseState.DRAFT
    return is_new and response.consultation.access is Access.INVITED


def spend(consultation: Consultation, invitation_id: int | None, now: datetime) -> None:
    """Uses an invitation up, in the transaction that sends the answers: of two, one succeeds.

    Only the day is kept. Raises ``InvitationNeededError`` without one, ``InvitationSpentError``
    when it was used meanwhile or revoked.
    """
    if invitation_id is None:
        raise InvitationNeededError()
    change = (
        update(Invitation)
        .where(
            Invitation.id == invitation_id,
            Invitation.consultation_id == consultation.id,
            Invitation.used_at.is_(None),
        )
        .values(used_at=now.replace(hour=0, minute=0, second=0, microsecond=0))
    )
    if not db.session.execute(change).rowcount:  # type: ignore[attr-defined]
        raise InvitationSpentError()


def scatter(now: datetime) -> int:
    """Writes the invitations used before today again, together, in the order of their hashes.

    PostgreSQL notes on each row which transaction wrote it, and lays rows down as they come: both
    would join an invitation to the answers it was used for. Returns how many; looks a week back.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    used = Invitation.used_at < today, Invitation.used_at >= today - SCATTERED
    columns = [c for c in Invitation.__table__.columns if c.key != "id"]
    found = db.session.execute(delete(Invitation).where(*used).returning(*columns)).mappings()
    rows = iter(sorted((dict(row) for row in found), key=lambda row: str(row["code_hash"])))
    count = 0
    while some := list(islice(rows, AT_ONCE)):
        db.session.execute(insert(Invitation), some)
        count += len(some)
    return count


def revoke(actor: Account, consultation: Consultation, reference: str, now: datetime) -> int:
    """Deletes the unused invitations of a reference, all of them when it is blank.

    Returns how many; a used one stays. Raises ``NotAllowedError``.
    """
    require(can_edit_consultations, actor, consultation.organization)
    unused = [Invitation.consultation_id == consultation.id, Invitation.used_at.is_(None)]
    if reference:
        unused.append(Invitation.reference == reference)
    deleted = db.session.execute(delete(Invitation).where(*unused))
    count = int(deleted.rowcount)  # type: ignore[attr-defined]
    body, gone = consultation.organization, {"codes": (count, 0)}
    record_act(actor, body, Action.CODES_REVOKED, consultation.title.fr, now, gone)
    return count


def invitation_totals(consultation: Consultation) -> Totals:
    """How many invitations were made, and used."""
    query = select(func.count(Invitation.id), func.count(Invitation.used_at)).where(
        Invitation.consultation_id == consultation.id
    )
    return Totals._make(db.session.execute(query).one())
