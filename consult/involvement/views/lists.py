"""The list of a person's activities; its filters live in the address."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import login_required

from consult.addresses import asked_page
from consult.i18n import bilingual_route, localize
from consult.involvement import queries
from consult.involvement.filters import Filters
from consult.involvement.views.blueprint import Option, actor, bp, options
from consult.involvement.words import KIND_LABELS
from consult.organizations.permissions import (
    allowed_somewhere,
    can_read_reports,
    can_record_activities,
    require_somewhere,
)
from consult.organizations.queries import organizations_of

Fields = list[tuple[str, object, list[Option]]]


@bilingual_route(bp, "/equipe/participation", "/staff/involvement")
@login_required
def activities() -> str:
    """The activities of the person's public bodies, 50 a page."""
    require_somewhere(can_read_reports, actor())
    filters = Filters.of(request.args)
    return render_template(
        "involvement/list.html",
        page=queries.activities_page(actor(), filters, asked_page()),
        filters=filters,
        fields=_fields(filters),
        may_record=allowed_somewhere(can_record_activities, actor()),
    )


def _fields(filters: Filters) -> Fields:
    """Name, label and options of each filter.

    Services are offered once their public body is chosen: a site holds thousands.
    """
    bodies = organizations_of(actor())
    chosen = next((body for body in bodies if body.slug == filters.body), None)
    body = chosen or (bodies[0] if len(bodies) == 1 else None)
    fields: list[tuple[str, object, Sequence[tuple[str, object]]]] = []
    if len(bodies) > 1:
        found = [(one.slug, localize(one.name)) for one in bodies]
        fields.append(("body", _("Public body"), found))
    if body is not None:
        services = [(one.slug, localize(one.name)) for one in body.services]
        fields.append(("service", _("Service"), services))
    fields.append(("kind", _("Kind"), [(kind.value, w) for kind, w in KIND_LABELS.items()]))
    when = [("before", _("Before launch")), ("after", _("After launch"))]
    fields.append(("when", _("When"), when))
    shared = [("yes", _("Shared")), ("no", _("Not shared"))]
    fields.append(("shared", _("Shared learnings"), shared))
    return [(name, label, options(getattr(filters, name), found)) for name, label, found in fields]
