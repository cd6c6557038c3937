"""A service takes its feedback out, page by page."""

import base64
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import g, request, url_for
from flask_babel import lazy_gettext as _l

from consult.feedback.checks import FieldError, check_moment
from consult.feedback.errors import Message, RequestRefusedError
from consult.feedback.models.items import COUNTED
from consult.feedback.queries.taking_out import Place, page_of_items
from consult.feedback.views.api.blueprint import bp
from consult.feedback.views.api.errors import errors
from consult.feedback.views.api.schemas import ItemsPage
from consult.feedback.views.api.words import N_
from consult.feedback.views.intake import token_limit

T = TypeVar("T")

MOST, USUAL = 500, 100
_NUMBER = re.compile(r"[0-9]{1,4}")


def _parameter(name: str, description: str, **schema: object) -> dict[str, object]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


PARAMETERS = [
    _parameter(
        "since",
        N_("Only what was given at this time or after it."),
        type="string",
        format="date-time",
    ),
    _parameter(
        "until", N_("Only what was given before this time."), type="string", format="date-time"
    ),
    _parameter(
        "review",
        N_("“all” adds what is held for review and what was set aside."),
        type="string",
        enum=["counted", "all"],
        default="counted",
    ),
    _parameter(
        "limit", N_("Items per page."), type="integer", minimum=1, maximum=MOST, default=USUAL
    ),
    _parameter(
        "cursor", N_("Where the page starts: what “next” said on the page before."), type="string"
    ),
]


@bp.route("/feedback", methods=["GET"])
@bp.doc(
    operationId="listFeedback",
    summary=N_("Take feedback out"),
    description=N_(
        "What people said of the service, oldest first, page by page. Nothing in it tells who "
        "spoke. To follow what comes in, ask from a little before your last visit: what was given "
        "earlier, elsewhere, may arrive late, and the id tells what you already have."
    ),
    parameters=PARAMETERS,
    security=[{"token": []}],
)
@errors(401, 403, 404, 422, 429, 503)
@bp.response(200, ItemsPage, description=N_("A page of feedback."))
@token_limit
def take_out(key: str) -> tuple[dict[str, object], int, dict[str, str]]:
    """A page of items, and the cursor of the next one; None past the end."""
    refused: dict[str, Message] = {}

    def read(name: str, check: Callable[[str], T], default: T) -> T:
        given = request.args.getlist(name)
        try:
            if len(given) > 1:
                raise FieldError(_l("Give this once."))
            return check(given[0]) if given else default
        except FieldError as error:
            refused[name] = error.message
            return default

    limit = read("limit", _limit, USUAL)
    after = read("cursor", _place, None)
    since, until = read("since", check_moment, None), read("until", check_moment, None)
    counted_only = read("review", _counted_only, True)
    if refused:
        raise RequestRefusedError(refused)
    rows = page_of_items(
        g.service, limit + 1, after=after, since=since, until=until, counted_only=counted_only
    )
    page = rows[:limit]
    following = _cursor(page[-1].submitted_at, page[-1].public_id) if len(rows) > limit else None
    items = [
        {"id": row.public_id, "counted": row.review in COUNTED, **row._mapping} for row in page
    ]
    return {"items": items, "next": following}, 200, _links(key, following)


def _links(key: str, following: str | None) -> dict[str, str]:
    """The header that leads to the next page, for clients that follow links."""
    if following is None:
        return {}
    arguments = {**request.args.to_dict(), "cursor": following}
    kept = {name: arguments[name] for name in [p["name"] for p in PARAMETERS] if name in arguments}
    address = url_for("feedback_api.take_out", key=key, **kept, _external=False)  # type: ignore[arg-type]
    return {"Link": f'<{address}>; rel="next"'}


def _limit(given: str) -> int:
    if not _NUMBER.fullmatch(given) or not 1 <= int(given) <= MOST:
        raise FieldError(_l("Give a number from 1 to 500."))
    return int(given)


def _counted_only(given: str) -> bool:
    if given not in ("counted", "all"):
        raise FieldError(_l("Give “counted” or “all”."))
    return given == "counted"


def _cursor(submitted_at: datetime, public_id: uuid.UUID) -> str:
    place = f"{submitted_at.isoformat()}~{public_id.hex}"
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(cursor: str) -> Place | None:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        moment, hexadecimal = base64.b64decode(padded, b"-_", validate=True).decode().split("~")
        place = Place(datetime.fromisoformat(moment), uuid.UUID(hex=hexadecimal))
        if place.submitted_at.tzinfo is None or _cursor(*place) != cursor:
            raise ValueError
    except ValueError as error:
        message = _l("This cursor is not known. Start again from the first page.")
        raise FieldError(message) from error
    return place
