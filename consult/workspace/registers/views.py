"""The lists of the register; their filters live in the address."""

from collections.abc import Sequence

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext as _
from flask_login import current_user, login_required

from consult.addresses import asked_page
from consult.db import utc_now
from consult.i18n import bilingual_route, localize
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    allowed_somewhere,
    can_keep_register,
    can_read_reports,
    require_somewhere,
    role_in,
)
from consult.organizations.queries import organizations_of
from consult.register.words import MEANS_LABELS, STAGE_LABELS
from consult.surveys.models import Consultation
from consult.workspace.registers.consultations import ConsultationFilters, consultations_page
from consult.workspace.registers.services import ServiceFilters, last_answers, services_page

bp = Blueprint("registers", __name__, template_folder="../templates")

Options = list[dict[str, object]]


@bilingual_route(bp, "/equipe/registre/services", "/staff/register/services")
@login_required
def services() -> str:
    """The digital services of the person's public bodies, 50 a page."""
    require_somewhere(can_read_reports, current_user)
    filters = ServiceFilters.of(request.args)
    bodies = organizations_of(current_user)
    narrowed = None if current_user.is_central else bodies
    page = services_page(narrowed, filters, utc_now(), asked_page())
    stages = [(stage.value, words) for stage, words in STAGE_LABELS.items()]
    take_up = [("missing", _("Missing")), ("known", _("Counted"))]
    widget = [
        ("answered", _("Answered in the last 90 days")),
        ("quiet", _("Not answered for 90 days")),
        ("never", _("Never answered")),
    ]
    return render_template(
        "registers/services.html",
        page=page,
        filters=filters,
        answers=last_answers(page.items),
        stage_labels=STAGE_LABELS,
        fields=[
            *_bodies(bodies, filters.body),
            ("stage", _("Stage"), _options(filters.stage, stages)),
            ("new", _("New"), _options(filters.new, [("yes", _("New services"))])),
            ("take_up", _("Take-up rate"), _options(filters.take_up, take_up)),
            ("widget", _("Feedback"), _options(filters.widget, widget)),
        ],
        **_rights(),
    )


@bilingual_route(bp, "/equipe/registre/consultations", "/staff/register/consultations")
@login_required
def consultations() -> str:
    """The consultations of the person's public bodies, here and elsewhere, 50 a page."""
    require_somewhere(can_read_reports, current_user)
    filters = ConsultationFilters.of(request.args)
    bodies = organizations_of(current_user)
    narrowed = None if current_user.is_central else bodies
    page, rows = consultations_page(narrowed, filters, utc_now(), asked_page())
    where = [("here", _("Here")), ("elsewhere", _("Elsewhere"))]
    digital = [("yes", _("A digital way to take part")), ("no", _("No digital way"))]
    return render_template(
        "registers/consultations.html",
        page=page,
        rows=[(one, isinstance(one, Consultation)) for one in rows],
        filters=filters,
        means_labels=MEANS_LABELS,
        fields=[
            *_bodies(bodies, filters.body),
            ("where", _("Where it is held"), _options(filters.where, where)),
            ("digital", _("Ways to take part"), _options(filters.digital, digital)),
        ],
        **_rights(),
    )


def _rights() -> dict[str, object]:
    return {
        "may_keep": allowed_somewhere(can_keep_register, current_user),
        "keeps": lambda body: can_keep_register(current_user, body),
        "works_for": lambda body: role_in(current_user, body) is not None,
    }


def _bodies(bodies: Sequence[Organization], chosen: str) -> list[tuple[str, object, Options]]:
    if len(bodies) < 2:
        return []
    found = [(body.slug, localize(body.name)) for body in bodies]
    return [("body", _("Public body"), _options(chosen, found))]


def _options(chosen: str, found: Sequence[tuple[str, object]]) -> Options:
    every: dict[str, object] = {"value": "", "text": _("All"), "selected": not chosen}
    return [every, *({"value": v, "text": w, "selected": v == chosen} for v, w in found)]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
