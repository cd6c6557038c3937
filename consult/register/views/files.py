"""The register in and out of CSV files: what a file would change is shown before it is done."""

from typing import Any, NamedTuple

from flask import Response as FileResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.organizations.models import Organization
from consult.register.csv_files.kinds import OUTSIDE, SERVICES, Kind
from consult.register.csv_files.planning import Plan, carry_out, plan_of
from consult.register.csv_files.reading import LARGEST, decoded
from consult.register.csv_files.writing import file_of
from consult.register.errors import FileUnreadableError
from consult.register.forms import FileForm
from consult.register.views.blueprint import Page, actor, asked_body, bp, choose_body

_LARGE = ("register.services_file", "register.outside_file")

#: Lines that a page lists of each sort.
LISTED = 200


class Place(NamedTuple):
    """Where a kind of entry has its pages."""

    kind: Kind
    here: str
    taken_out: str
    name: str
    back: str


_SERVICES = Place(
    SERVICES, ".services_file", ".services_taken_out", "services", "registers.services"
)
_OUTSIDE = Place(
    OUTSIDE, ".outside_file", ".outside_taken_out", "consultations", "registers.consultations"
)


@bp.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in _LARGE:
        request.max_content_length = 2 * LARGEST
        request.max_form_memory_size = 2 * LARGEST


@bilingual_route(
    bp,
    "/equipe/registre/services/fichier",
    "/staff/register/services/file",
    methods=["GET", "POST"],
)
@login_required
def services_file() -> Page:
    """Reads a file of services, shows what it would change, then does it."""
    return _bring_in(_SERVICES, _("Services from a CSV file"))


@bilingual_route(
    bp,
    "/equipe/registre/consultations/fichier",
    "/staff/register/consultations/file",
    methods=["GET", "POST"],
)
@login_required
def outside_file() -> Page:
    """The same for consultations held elsewhere."""
    return _bring_in(_OUTSIDE, _("Consultations held elsewhere, from a CSV file"))


@bilingual_route(bp, "/equipe/registre/services/fichier.csv", "/staff/register/services/file.csv")
@login_required
def services_taken_out() -> Page:
    """The services of a public body, or the headings alone with ``empty``."""
    return _taken_out(_SERVICES)


@bilingual_route(
    bp, "/equipe/registre/consultations/fichier.csv", "/staff/register/consultations/file.csv"
)
@login_required
def outside_taken_out() -> Page:
    """The same of consultations held elsewhere."""
    return _taken_out(_OUTSIDE)


def _taken_out(place: Place) -> Page:
    body = asked_body()
    if body is None:
        return choose_body(_("Take out a CSV file"))
    content = file_of(place.kind, body, current_lang(), empty="empty" in request.args)
    name = f"{place.name}-{body.slug}.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return FileResponse(content, mimetype="text/csv", headers=headers)


def _bring_in(place: Place, heading: str) -> Page:
    body = asked_body()
    if body is None:
        return choose_body(heading)
    form = FileForm()
    if not form.validate_on_submit():
        return _shown(place, heading, body, form)
    try:
        text, agreed = _received(form, body)
        plan = plan_of(place.kind, body, text)
    except FileUnreadableError as error:
        form.file.errors = [error.message]
        return _shown(place, heading, body, form)
    if agreed and agreed == plan.digest and not plan.problems:
        return _done(place, plan, body)
    return _shown(place, heading, body, form, plan, text, was_agreed=bool(agreed))


def _received(form: FileForm, body: Organization) -> tuple[str, str]:
    """The text of the file, and the digest of the plan that was agreed to ('' of none).

    Raises ``FileUnreadableError``.
    """
    kept = request.form.get("kept")
    if kept:
        try:
            slug, text, agreed = _serializer().loads(kept)
        except BadData as error:
            raise FileUnreadableError() from error
        if slug == body.slug:
            return text, agreed
    if not form.file.data:
        raise FileUnreadableError(_("Choose a file."))
    return decoded(form.file.data.read()), ""


def _shown(
    place: Place,
    heading: str,
    body: Organization,
    form: FileForm,
    plan: Plan | None = None,
    text: str = "",
    *,
    was_agreed: bool = False,
) -> Page:
    kept = _serializer().dumps([body.slug, text, plan.digest]) if plan else ""
    page = render_template(
        "register/file.html",
        heading=heading,
        body=body,
        form=form,
        plan=plan,
        kept=kept,
        place=place,
        listed=LISTED,
        was_agreed=was_agreed,
    )
    return page, 422 if form.errors or (plan and plan.problems) else 200


def _done(place: Place, plan: Plan, body: Organization) -> Response:
    carry_out(plan, actor(), body, utc_now())
    db.session.commit()
    counts = {"added": plan.count("add"), "changed": plan.count("change")}
    flash(_("The file is in the register: %(added)s added, %(changed)s changed.", **counts))
    return redirect(url_for(place.back, body=body.slug), code=303)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="register file")
