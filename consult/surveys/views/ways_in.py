"""How a person comes in: what this browser's session and cookies say of it.

An invitation is in the session until the answers are sent. A member of staff who enters answers
for someone has an entry there: the consultation and the channel.
"""

import hashlib
import hmac
import secrets

from flask import Response as FlaskResponse
from flask import after_this_request, current_app, request, session
from flask_login import current_user
from itsdangerous import BadSignature, Signer

from consult.organizations.permissions import can_enter_answers
from consult.surveys.models import Access, Channel, Consultation, QuestionnaireVersion, Response
from consult.surveys.services.respond import Beginning
from consult.surveys.views.draft import opened_at
from consult.surveys.views.steps import link_codes

_INVITATIONS = "invitations"
_ENTRY = "entry"

#: Seconds in a year: how long a browser keeps its mark.
_YEAR = 365 * 24 * 3600


def beginning(consultation: Consultation, version: QuestionnaireVersion) -> Beginning:
    """What is known when the first page is saved; a browser without a mark gets one."""
    channel = entry_channel(consultation)
    if channel:
        actor = current_user._get_current_object()
        return Beginning(channel=channel, entered_by=actor)
    return Beginning(
        opened_at(consultation), link_codes(version), browser_mark=browser_mark(consultation)
    )


def channel_of(consultation: Consultation, response: Response | None) -> Channel:
    """How the answers come in, or would."""
    if response:
        return response.channel
    return entry_channel(consultation) or Channel.WEB


def begin_entry(consultation: Consultation, channel: Channel) -> None:
    """From now on, this browser's answers to the consultation are someone else's."""
    session[_ENTRY] = {
        "consultation": str(consultation.public_id),
        "channel": channel.value,
        "by": current_user.get_id(),
    }


def end_entry() -> None:
    session.pop(_ENTRY, None)


def entry_channel(consultation: Consultation) -> Channel | None:
    """The channel of the answers being entered here for someone, by who still may; else None."""
    entry = session.get(_ENTRY, {})
    if entry.get("consultation") != str(consultation.public_id):
        return None
    if not current_user.is_authenticated or entry["by"] != current_user.get_id():
        return None
    may = can_enter_answers(current_user._get_current_object(), consultation.organization)
    return Channel(entry["channel"]) if may else None


def invitation_id(consultation: Consultation) -> int | None:
    """The invitation this browser gave the code of, if it did."""
    found: int | None = session.get(_INVITATIONS, {}).get(str(consultation.public_id))
    return found


def lacks_invitation(consultation: Consultation) -> bool:
    """True when a code is asked and this browser gave none yet."""
    return consultation.access is Access.INVITED and invitation_id(consultation) is None


def remember_invitation(consultation: Consultation, found: int) -> None:
    kept = {**session.get(_INVITATIONS, {}), str(consultation.public_id): found}
    session[_INVITATIONS] = kept


def forget_invitation(consultation: Consultation) -> None:
    """Leaves nothing here that would tell with which invitation the answers were sent."""
    kept = dict(session.get(_INVITATIONS, {}))
    if kept.pop(str(consultation.public_id), None) is not None:
        session[_INVITATIONS] = kept


def browser_mark(consultation: Consultation) -> str:
    """A keyed hash that this browser's answers to one consultation share, and no others."""
    settings = current_app.config["SETTINGS"]
    name = "__Host-consult-mark" if settings.secure else "consult-mark"
    signer = Signer(settings.secret_key, salt="browser-mark")
    value = _signed_value(signer, request.cookies.get(name, ""))
    if value is None:
        value = secrets.token_urlsafe(16)
        _set_cookie(name, signer.sign(value).decode(), settings.secure)
    message = f"{consultation.public_id} {value}".encode()
    return hmac.new(settings.secret_key.encode(), message, hashlib.sha256).hexdigest()[:32]


def _signed_value(signer: Signer, cookie: str) -> str | None:
    try:
        return signer.unsign(cookie).decode()
    except (BadSignature, UnicodeError):
        return None


def _set_cookie(name: str, value: str, secure: bool) -> None:
    def add(response: FlaskResponse) -> FlaskResponse:
        response.set_cookie(
            name, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure, path="/"
        )
        return response

    after_this_request(add)
