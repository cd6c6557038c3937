"""Answers that the staff enters for people: by phone, at a counter, from paper."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from consult.db import db
from consult.organizations.models import Account
from consult.organizations.permissions import can_enter_answers, require
from consult.surveys.errors import ConsultationNotOpenError
from consult.surveys.models import Channel, Consultation, Response, ResponseState
from consult.surveys.services.respond import require_open

#: The channels that staff enters answers from.
ENTERED = (Channel.PHONE, Channel.COUNTER, Channel.PAPER)


class Entered(NamedTuple):
    """How many sent responses a member of staff entered from one channel."""

    channel: Channel
    name: str
    responses: int


def require_entry(
    actor: Account, consultation: Consultation, channel: Channel, now: datetime
) -> None:
    """Raises an error unless the actor may enter answers from this channel at ``now``.

    ``NotAllowedError``, ``ConsultationNotOpenError``, ``ConsultationClosedError``. Paper may be
    entered after the closing, until the results are published.
    """
    require(can_enter_answers, actor, consultation.organization)
    if channel not in ENTERED or consultation.version is None:
        raise ConsultationNotOpenError()
    require_open(consultation, now, channel=channel)


def entered_counts(consultation: Consultation) -> list[Entered]:
    """Who entered how many responses that were sent, by channel."""
    query = (
        select(Response.channel, Account.name, func.count())
        .join(Response.entered_by)
        .where(
            Response.consultation_id == consultation.id,
            Response.state == ResponseState.SUBMITTED,
        )
        .group_by(Response.channel, Account.id, Account.name)
        .order_by(Response.channel, Account.name)
    )
    return [Entered._make(row) for row in db.session.execute(query)]
