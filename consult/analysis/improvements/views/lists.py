"""The list and the board of improvements; their filters live in the address."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import login_required

from consult.addresses import asked_page
from consult.analysis.improvements.filters import MINE, Filters
from consult.analysis.improvements.models import ImprovementState
from consult.analysis.improvements.reads import board as read_board
from consult.analysis.improvements.reads import improvements_page, owners
from consult.analysis.improvements.words import (
    SOURCE_LABELS,
    STATE_LABELS,
    due_words,
    effort_words,
)
from consult.analysis.views.blueprint import actor, bp
from consult.db import utc_now
from consult.i18n import bilingual_route, localize
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    can_manage_improvements,
    can_read_reports,
    require_somewhere,
)
from consult.organizations.queries import organizations_of
from consult.quebec_time import quebec_day

Options = list[dict[str, Any]]


@bilingual_route(bp, "/ameliorations", "/improvements")
@login_required
def improvements() -> str:
    """The improvements of the person's public bodies, 50 a page."""
    require_somewhere(can_read_reports, actor())
    filters = Filters.of(request.args)
    day = quebec_day(utc_now())
    return render_template(
        "analysis/improvements/list.html",
        page=improvements_page(actor(), filters, day, asked_page()),
        **_shared(filters, with_state=True),
    )


@bilingual_route(bp, "/ameliorations/tableau", "/improvements/board")
@login_required
def board() -> str:
    """The same by state, each with a form that moves it."""
    require_somewhere(can_read_reports, actor())
    filters = Filters.of(request.args)
    return render_template(
        "analysis/improvements/board.html",
        columns=read_board(actor(), filters, quebec_day(utc_now())),
        states=list(ImprovementState),
        **_shared(filters, with_state=False),
    )


def _shared(filters: Filters, *, with_state: bool) -> dict[str, Any]:
    """What both pages need: the filters they offer, and words."""
    bodies = [body for body in organizations_of(actor()) if can_read_reports(actor(), body)]
    managed = {body.id for body in bodies if can_manage_improvements(actor(), body)}
    day = quebec_day(utc_now())
    return {
        "filters": filters,
        "fields": _fields(filters, bodies, with_state=with_state),
        "state_labels": STATE_LABELS,
        "source_labels": SOURCE_LABELS,
        "due_words": lambda improvement: due_words(improvement, day),
        "effort_words": effort_words,
        "managed": managed,
    }


def _fields(
    filters: Filters, bodies: list[Organization], *, with_state: bool
) -> list[tuple[str, str, Options]]:
    """Name, label and options of each filter.

    Services are offered once their public body is chosen: a site holds thousands.
    """
    chosen = next((body for body in bodies if body.slug == filters.body), None)
    body = chosen or (bodies[0] if len(bodies) == 1 else None)
    fields = []
    if len(bodies) > 1:
        fields.append(
            ("body", _("Public body"), [(one.slug, localize(one.name)) for one in bodies])
        )
    if body is not None:
        services = [(one.slug, localize(one.name)) for one in body.services]
        fields.append(("service", _("Service"), services))
    if with_state:
        states = [(state.value, str(label).capitalize()) for state, label in STATE_LABELS.items()]
        fields.append(("state", _("State"), [("open", _("Still to do")), *states]))
    people = [(str(one.public_id), one.name) for one in owners(actor(), body) if one != actor()]
    fields.append(("owner", _("Person responsible"), [(MINE, _("Me")), *people]))
    sources = [(source.value, str(label).capitalize()) for source, label in SOURCE_LABELS.items()]
    fields.append(("source", _("Drawn from"), sources))
    fields.append(("late", _("Due date"), [("yes", _("Late"))]))
    return [(name, label, _options(filters, name, found)) for name, label, found in fields]


def _options(filters: Filters, name: str, found: list[tuple[str, Any]]) -> Options:
    chosen = getattr(filters, name)
    every = {"value": "", "text": _("Any"), "selected": not chosen}
    options = [{"value": v, "text": words, "selected": v == chosen} for v, words in found]
    return [every, *options]
