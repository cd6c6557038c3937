"""Which response this browser is writing: one per consultation, in the signed session cookie."""

from flask import session

from consult.surveys import queries
from consult.surveys.models import Consultation, Response

_KEY = "responses"


def own_response(consultation: Consultation, *, lock: bool = False) -> Response | None:
    """The draft or the sent response of this browser, if it has one."""
    public_id = session.get(_KEY, {}).get(str(consultation.public_id), "")
    return queries.response_of(consultation, public_id, lock=lock)


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
