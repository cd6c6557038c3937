"""What became of a message to a webhook, in words."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.feedback.models import WebhookDelivery

_WORDS: dict[str, LazyString] = {
    "unreadable": _l("The address cannot be read."),
    "credentials": _l("The address holds a password."),
    "unsafe": _l("The address is not https."),
    "private": _l("The address leads into a private network: nothing was sent."),
    "unknown-name": _l("The name in the address is not known."),
    "certificate": _l("The certificate of the receiver could not be checked."),
    "too-slow": _l("No answer within 10 seconds."),
    "no-answer": _l("The receiver could not be reached."),
    "redirect": _l("The receiver leads elsewhere; redirections are not followed."),
    "gone": _l("The receiver answered that it wants no more messages."),
    "turned-off": _l("The webhook was turned off."),
    "secret-lost": _l("The secret cannot be read any more. Remove this webhook and add it again."),
}


def error_words(delivery: WebhookDelivery) -> str:
    """Why the last attempt failed; empty when it did not, or the status alone says it."""
    words = _WORDS.get(delivery.last_error)
    if words is None and delivery.last_status and not 200 <= delivery.last_status < 300:
        return str(_("The receiver did not accept it."))
    return str(words) if words else ""
