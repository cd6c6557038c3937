"""What each field of feedback must be: from what arrived to what is stored.

Every check takes the value as it came, of any type, and returns the value to store, or raises
``FieldError`` with a message for the person. Texts leave clean and without personal identifiers.
"""

import hashlib
import math
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from consult.feedback.errors import Message
from consult.mail import is_address
from consult.privacy.errors import UnstorableTextError
from consult.privacy.redaction import redact, redact_code, redact_url
from consult.privacy.text import clean_text

MAX_COMMENT = 5_000
MAX_REFERENCE = 200
MAX_PAGE = 2_000
MAX_SEGMENT = 200

#: Patterns of the interface's description too: anchored, and what an empty key says is "none".
KEY = r"^([A-Za-z0-9_-]{8,64})?$"
CHANNEL = r"^[a-z][a-z0-9_-]{0,39}$"
_KEY, _CHANNEL = re.compile(KEY), re.compile(CHANNEL)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
#: Clocks of two machines may differ by this much.
_CLOCKS = timedelta(minutes=5)


class FieldError(ValueError):
    """A value that cannot be taken; ``message`` says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(type(self).__name__))
        self.message = message


def _clean(text: str) -> str:
    try:
        return clean_text(text)
    except UnstorableTextError as error:
        raise FieldError(
            _l("A hidden character stands in this text. Type the text rather than paste it.")
        ) from error


def check_lang(value: object) -> str:
    """The language the person was addressed in: 'fr' or 'en'."""
    if not isinstance(value, str) or value not in ("fr", "en"):
        raise FieldError(_l("Give the language as “fr” or “en”."))
    return value


def check_page(value: object) -> str | None:
    """The address or path of the page the person came from, without query or identifiers.

    A long one is cut: nobody's words are refused for it.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldError(_l("Give the page as an address."))
    return redact_url(_clean(value[:MAX_PAGE]))


def check_key(value: object) -> str:
    """The sender's idempotency key, or a new one; of one that names a person, its SHA-256."""
    if value is None or value == "":
        return secrets.token_urlsafe(24)
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise FieldError(
            _l("Give an idempotency key of 8 to 64 letters, digits, hyphens or underscores.")
        )
    return value if redact_code(value) == value else hashlib.sha256(value.encode()).hexdigest()


def check_segment(value: object) -> str | None:
    """The group the person belongs to, when an import tells it."""
    if value is None or value == "":
        return None
    return redact(_clean(str(value))).text[:MAX_SEGMENT]


def check_question_set(value: object) -> str | None:
    """The name of what was asked; None leaves it to the service's settings."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldError(_l("Give the name of the question set as text."))
    return value


def check_channel(value: object) -> str:
    """How the person reached the form: a short word in lower case."""
    is_word = isinstance(value, str) and _CHANNEL.fullmatch(value)
    if not isinstance(value, str) or not is_word or redact_code(value) != value:
        raise FieldError(_l("Give the channel as a short word, such as web, phone or counter."))
    return value


def check_reference(value: object) -> str | None:
    """The service's own name of the transaction, without identifiers; a long one is cut."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldError(_l("Give the reference as text."))
    safe = _clean(redact_code(_clean(value[:MAX_PAGE])))
    kept = safe[:MAX_REFERENCE]
    is_marker_cut = kept != safe and kept.rfind("[") > kept.rfind("]")
    return kept[: kept.rfind("[")] if is_marker_cut else kept


def check_name(value: object) -> str:
    """A name that staff give: one line, clean."""
    return " ".join(_clean(str(value or "")).split())


def check_website(value: object) -> str | None:
    """What stands in the field that people never see: nothing, unless a machine filled it in."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldError(_l("Leave the website field empty."))
    return value


def check_seconds(value: object) -> float | None:
    """How long the form was open, in seconds, when the sender tells it."""
    if value is None:
        return None
    try:
        seconds = float(value) if isinstance(value, int | float) else math.nan
    except OverflowError:
        seconds = math.nan
    if isinstance(value, bool) or not math.isfinite(seconds):
        raise FieldError(_l("Give the seconds as a number."))
    return seconds


def check_moment(value: object) -> datetime | None:
    """A time with its zone, as RFC 3339 writes it, in UTC; None when none is told."""
    if value is None:
        return None
    try:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value.upper()):
            raise ValueError
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FieldError(
            _l("Give the date, time and time zone as RFC 3339 writes them.")
        ) from error


def check_earlier(value: object, now: datetime) -> datetime | None:
    """When feedback was given elsewhere: never later than now."""
    moment = check_moment(value)
    if moment is not None and moment > now + _CLOCKS:
        raise FieldError(_l("Give a time that has passed."))
    return moment


def check_contact(value: object) -> str | None:
    """The e-mail address of who wants an answer; only its sealed form may be kept."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldError(_l("Give the email address as text."))
    address = value.strip()
    if address and not is_address(address):
        raise FieldError(_l("Enter an email address, like name@example.ca."))
    return address or None


CHECKS: dict[str, Callable[[object], Any]] = {
    "question_set": check_question_set,
    "lang": check_lang,
    "page": check_page,
    "reference": check_reference,
    "channel": check_channel,
    "idempotency_key": check_key,
    "segment": check_segment,
    "website": check_website,
    "seconds": check_seconds,
}
