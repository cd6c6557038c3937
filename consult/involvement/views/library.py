"""The library: what public bodies learned from citizens and share with each other."""

import uuid
from collections.abc import Sequence

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.i18n import bilingual_route, localize
from consult.involvement import queries
from consult.involvement.filters import Filters
from consult.involvement.models import Activity
from consult.involvement.views.blueprint import Option, actor, bp, options
from consult.involvement.views.documents import sent
from consult.involvement.words import KIND_LABELS
from consult.organizations.permissions import can_read_reports, require_somewhere

FR, EN = "/equipe/apprentissages", "/staff/learnings"


@bilingual_route(bp, FR, EN)
@login_required
def library() -> str:
    """What everyone may read who reads reports of a public body, 50 a page."""
    require_somewhere(can_read_reports, actor())
    filters = Filters.of(request.args)
    offers = queries.library_offers(filters)
    bodies: Sequence[tuple[str, object]] = [(b.slug, localize(b.name)) for b in offers.bodies]
    services: Sequence[tuple[str, object]] = [(s.slug, localize(s.name)) for s in offers.services]
    themes: Sequence[tuple[str, object]] = [(key, localize(theme)) for key, theme in offers.themes]
    kinds: Sequence[tuple[str, object]] = [(kind.value, w) for kind, w in KIND_LABELS.items()]
    fields: list[tuple[str, str, list[Option]]] = [
        ("kind", _("Kind"), options(filters.kind, kinds)),
        ("theme", _("Theme"), options(filters.theme, themes)),
        ("body", _("Public body"), options(filters.body, bodies)),
    ]
    if services:
        fields.append(("service", _("Service"), options(filters.service, services)))
    return render_template(
        "involvement/library.html",
        page=queries.library_page(filters, asked_page()),
        filters=filters,
        fields=fields,
    )


@bilingual_route(bp, f"{FR}/<uuid:public_id>", f"{EN}/<uuid:public_id>")
@login_required
def learning(public_id: uuid.UUID) -> str:
    """One entry of the library, as every public body reads it."""
    activity = _shared(public_id)
    return render_template(
        "involvement/learning.html",
        activity=activity,
        is_ours=can_read_reports(actor(), activity.organization),
    )


@bilingual_route(
    bp,
    f"{FR}/<uuid:public_id>/documents/<uuid:document_id>",
    f"{EN}/<uuid:public_id>/documents/<uuid:document_id>",
)
@login_required
def shared_document(public_id: uuid.UUID, document_id: uuid.UUID) -> Response:
    """A document of an entry, when the documents are shared too."""
    activity = _shared(public_id)
    if not activity.shares_documents:
        abort(404)
    return sent(activity, document_id)


def _shared(public_id: uuid.UUID) -> Activity:
    require_somewhere(can_read_reports, actor())
    found = queries.activity_by_public_id(public_id)
    if found is None or found.shared_at is None:
        abort(404)
    return found
