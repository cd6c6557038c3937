"""Which response this browser is writing: one per consultation, in the signed session cookie."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import current_app, request, session
from itsdangerous import BadSignature, TimestampSigner

from consult.questionnaires import Answer, Section
from consult.surveys import queries
from consult.surveys.models import Consultation, Response, ResponseState

_KEY = "responses"

#: A page left open for longer counts as opened when it is saved.
_LONGEST_OPEN = timedelta(days=1)


def own_response(consultation: Consultation, *, lock: bool = False) -> Response | None:
    """The draft or the sent response of this browser, if it has one that was not withdrawn."""
    public_id = session.get(_KEY, {}).get(str(consultation.public_id), "")
    response = queries.response_of(consultation, public_id, lock=lock)
    return None if response and response.state is ResponseState.WITHDRAWN else response


def remember(consultation: Consultation, response: Response) -> None:
    """Keeps the response in the cookie, so that the next page finds it."""
    own = {**session.get(_KEY, {}), str(consultation.public_id): str(response.public_id)}
    if own != session.get(_KEY):
        session[_KEY] = own


def forget(consultation: Consultation) -> None:
    """Lets someone else answer on this device."""
    own = dict(session.get(_KEY, {}))
    own.pop(str(consultation.public_id), None)
    session[_KEY] = own


def _signer(consultation: Consultation) -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt=f"opened-{consultation.public_id}")


def opened_mark(consultation: Consultation) -> str:
    """A signed mark of now for the first page: when it was opened, whenever it is saved."""
    sent = request.form.get("opened", "")
    return sent if opened_at(consultation) else _signer(consultation).sign("").decode()


def opened_at(consultation: Consultation) -> datetime | None:
    """When the page being saved was opened; None without a mark of ours, or with an old one."""
    try:
        _nothing, moment = _signer(consultation).unsign(
            request.form.get("opened", ""),
            max_age=int(_LONGEST_OPEN.total_seconds()),
            return_timestamp=True,
        )
    except (BadSignature, UnicodeError):
        return None
    return moment


def answers_mark(answers: Mapping[str, Answer], section: Section | None = None) -> str:
    """A short mark of what a page showed: another one tells that the answers changed since."""
    names = {q.name for q in section.answerable} if section else set(answers)
    shown = sorted((name, answer) for name, answer in answers.items() if name in names)
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


def is_outdated(shown_mark: str, field: str = "seen") -> bool:
    """True when the form being sent shows other answers, by its ``field``, than ``shown_mark``."""
    return request.form.get(field, shown_mark) != shown_mark
