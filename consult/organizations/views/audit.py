"""The audit trail: searched, and taken out as a file."""

import uuid
from datetime import date
from urllib.parse import urlencode

from flask import Response as FileResponse
from flask import abort, render_template, request, stream_with_context
from flask_login import login_required

from consult.errors import NotAllowedError
from consult.i18n import bilingual_route
from consult.organizations.audit import export, reading
from consult.organizations.audit.actions import ACTION_LABELS, Action
from consult.organizations.audit.reading import Filters
from consult.organizations.views.blueprints import actor
from consult.organizations.views.blueprints import audit_bp as bp

FORMATS = {
    "csv": (export.as_csv, "text/csv; charset=utf-8"),
    "json": (export.as_json, "application/json"),
}

_LONGEST = 100


@bilingual_route(bp, "/equipe/journal", "/staff/audit")
@login_required
def trail() -> str:
    """Who did what, the latest first; filters and place in the list are in the address."""
    filters = _readable_filters()
    events, has_more = reading.page_of(actor(), filters, _place())
    return render_template(
        "organizations/audit.html",
        events=events,
        older=_query(before=str(events[-1].public_id)) if has_more else "",
        filters=filters,
        given=request.args,
        query=_query(),
        bodies=reading.readable_bodies(actor()),
        actions=sorted(ACTION_LABELS.items(), key=lambda pair: str(pair[1])),
        labels={action.value: label for action, label in ACTION_LABELS.items()},
    )


@bilingual_route(bp, "/equipe/journal.<extension>", "/staff/audit.<extension>")
@login_required
def file(extension: str) -> FileResponse:
    """The same list whole, as CSV or JSON, sent as it is read."""
    filters = _readable_filters()
    write, media_type = FORMATS.get(extension) or abort(404)
    pieces = write(reading.all_of(actor(), filters))
    response = FileResponse(stream_with_context(pieces), content_type=media_type)
    response.call_on_close(pieces.close)
    name = f'attachment; filename="consult-audit.{extension}"'
    response.headers["Content-Disposition"] = name
    return response


def _readable_filters() -> Filters:
    """The filters of the address; raises ``NotAllowedError`` to who may read no trail of theirs."""
    filters = _filters()
    slugs = {body.slug for body in reading.readable_bodies(actor())}
    if not actor().is_central and (not slugs or (filters.body and filters.body not in slugs)):
        raise NotAllowedError()
    return filters


def _filters() -> Filters:
    asked = {name: value.strip()[:_LONGEST] for name, value in request.args.items()}
    action = asked.get("action", "")
    return Filters(
        body=asked.get("body", ""),
        person=asked.get("person", ""),
        action=Action(action) if action in set(Action) else None,
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        words=asked.get("words", ""),
    )


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def _place() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.args.get("before", ""))
    except ValueError:
        return None


def _query(**more: str) -> str:
    """The filters as an address has them, with the question mark."""
    names = ("body", "person", "action", "since", "until", "words")
    given = {name: request.args[name][:_LONGEST] for name in names if request.args.get(name)}
    given |= more
    return f"?{urlencode(given, errors='replace')}" if given else ""
