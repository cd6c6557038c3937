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


class RequestRefusedError(FeedbackRefusedError):
    """What is asked with a reading address cannot be taken."""

    code = "request-refused"
    message = _l("This request cannot be answered. Check the points below and try again.")


class TokenNeededError(DomainError):
    """Only servers of the service may do this."""

    status = 401
    code = "token-needed"
    message = _l(
        "Send a token of this service in the Authorization header, after the word Bearer. "
        "An administrator of the service makes it in the service’s pages."
    )


class UnknownTokenError(DomainError):
    """The token is not one of this service's, or it was revoked."""

    status = 401
    code = "unknown-token"
    message = _l(
        "This token is not known for this service, or it was revoked. "
        "An administrator of the service can make another one."
    )


class BatchTooLargeError(DomainError):
    status = 413
    code = "batch-too-large"
    message = _l("This is too much for one request. Send fewer items at a time.")


class SetRefusedError(DomainError):
    """A service's own questions that not every way in could ask, or not in both languages."""

    status = 422
    code = "set-refused"
    message = _l("These questions cannot be asked yet. Read again what is to be mended in them.")
