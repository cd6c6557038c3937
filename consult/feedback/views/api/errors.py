"""How the description tells errors: each a problem document (RFC 9457)."""

from collections.abc import Callable
from typing import Any, TypeVar

from consult.feedback.views.api.blueprint import bp
from consult.feedback.views.api.words import N_

View = TypeVar("View", bound=Callable[..., Any])

_WAIT = {
    "Retry-After": {
        "description": N_("Seconds to wait before the next try."),
        "schema": {"type": "integer", "minimum": 0},
    }
}
_TOKEN = {
    "WWW-Authenticate": {
        "description": N_("Says that a token is expected."),
        "schema": {"type": "string"},
    }
}

#: What each status says, and its headers.
ERRORS: dict[int, tuple[str, dict[str, Any]]] = {
    400: (N_("The body cannot be read."), {}),
    401: (N_("A token is needed, or this one is not known."), _TOKEN),
    403: (N_("The site that asks is not among those of the service."), {}),
    404: (N_("The service, or what is asked of it, is not known."), {}),
    413: (N_("The body is too large."), {}),
    415: (N_("The body is neither JSON nor a form."), {}),
    422: (N_("Some fields cannot be taken: “errors” holds a message for each."), {}),
    429: (N_("More arrived within a minute than is taken."), _WAIT),
    503: (N_("The database is away for a moment; nothing was kept. Try again."), _WAIT),
}


def errors(*statuses: int) -> Callable[[View], View]:
    """Says in the description which errors an operation may answer with."""
    refs = {str(s): {"$ref": f"#/components/responses/Error{s}"} for s in statuses}
    documented: Callable[[View], View] = bp.doc(responses=refs)
    return documented
