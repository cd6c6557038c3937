"""Broken rules of feedback."""

from collections.abc import Mapping
from typing import TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.errors import DomainError

Message: TypeAlias = LazyString | str


class FeedbackRefusedError(DomainError):
    """Some fields cannot be taken; ``fields`` holds one message for each of them."""

    status = 422
    code = "feedback-refused"
    message = _l("Your feedback was not sent. Check the points below and try again.")

    def __init__(self, fields: Mapping[str, Message]) -> None:
        super().__init__()
        self.fields = dict(fields)


class UnknownServiceError(DomainError):
    status = 404
    code = "unknown-service"
    message = _l("This service is not known here. Check the key in the address.")


class ForeignOriginError(DomainError):
    """The request comes from a site that the service has not named."""

    status = 403
    code = "foreign-origin"
    message = _l(
        "This site may not send feedback for this service. "
        "An administrator of the service can add its address."
    )


class UnreadableBodyError(DomainError):
    status = 400
    code = "unreadable-body"
    message = _l("The content could not be read as JSON. Check it and send it again.")


class UnsupportedTypeError(DomainError):
    status = 415
    code = "unsupported-type"
    message = _l("Send the feedback as JSON or as a form.")


class TooLargeError(DomainError):
    status = 413
    code = "too-large"
    message = _l("This is too long to be received. Shorten the comment to 5,000 characters.")


class TooManyError(DomainError):
    """More arrived for one service within a minute than it takes."""

    status = 429
    code = "too-many"
    message = _l("A lot of feedback is arriving at once. Wait a minute, then send yours again.")


class SetRefusedError(DomainError):
    """A service's own questions that not every way in could ask, or not in both languages."""

    status = 422
    code = "set-refused"
    message = _l("These questions cannot be asked yet. Read again what is to be mended in them.")
