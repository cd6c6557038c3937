"""Taking answers back, and erasing what was never sent."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from consult.db import db
from consult.files.storing import sweep
from consult.surveys.errors import ConsultationClosedError
from consult.surveys.models import Consultation, Response, ResponseState
from consult.surveys.services.uploads import drop_unused

#: What was begun and never sent is erased this long after its last change …
UNTOUCHED = timedelta(days=90)
#: … and, once the consultation closed, this long after both: paper is still entered meanwhile.
AFTER_CLOSING = timedelta(days=30)

#: Responses erased in one transaction, so that nobody who writes waits for long.
_AT_A_TIME = 200


def withdraw(response: Response, now: datetime) -> None:
    """Erases the answers, the draft, the files and the last comment; an empty row stays.

    What was never sent leaves no row at all. Raises ``ConsultationClosedError``: what was sent can
    be taken back until the closing.
    """
    if response.state is ResponseState.DRAFT:
        _delete(response)
        return
    if now >= response.consultation.closes_at:
        raise ConsultationClosedError()
    response.state = ResponseState.WITHDRAWN
    response.answers, response.draft = {}, None
    response.experience_rating, response.experience_comment = None, ""
    response.browser_mark, response.updated_at = None, now
    drop_unused(response)
    db.session.flush()


def purge(now: datetime) -> int:
    """Erases what was begun and never sent, and orphaned files; returns how many responses.

    Commits as it goes. A correction that was never sent is dropped; what was sent stays.
    """
    erased = 0
    while found := _unsent(now):
        for response in found:
            if response.state is ResponseState.DRAFT:
                _delete(response)
            else:
                response.draft = None
                drop_unused(response)
        db.session.commit()
        erased += len(found)
    sweep(now)
    db.session.rollback()
    return erased


def _unsent(now: datetime) -> list[Response]:
    """Some of what is to be erased, but nothing that its author is saving or sending just now."""
    query = (
        select(Response)
        .join(Consultation)
        .where(
            Response.draft.is_not(None),
            or_(
                Response.updated_at < now - UNTOUCHED,
                and_(
                    Consultation.closes_at < now - AFTER_CLOSING,
                    Response.updated_at < now - AFTER_CLOSING,
                ),
            ),
        )
        .order_by(Response.id)
        .limit(_AT_A_TIME)
        .with_for_update(of=Response, skip_locked=True)
    )
    return list(db.session.scalars(query))


def _delete(response: Response) -> None:
    for upload in response.uploads:
        db.session.delete(upload)
    db.session.delete(response)
    db.session.flush()
