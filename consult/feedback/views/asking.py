"""How a service asks: which questions, how they appear, on which sites, and the code to paste."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response as WebResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from consult.db import db, utc_now
from consult.feedback import queries, services
from consult.feedback.forms import AskingForm, OriginsForm
from consult.feedback.models import WidgetScript
from consult.feedback.plain_form import link_code, plain_form, script_code
from consult.feedback.question_sets import DEFAULT, OWN, READY, QuestionSet
from consult.feedback.returning import MARKS
from consult.feedback.services.contact import offers_contact
from consult.feedback.views.blueprint import bp, service_for
from consult.i18n import bilingual_route, current_lang
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_services, require
from consult.questionnaires.files import MEDIA_TYPES, as_file

FR = "/equipe/services/<slug>/questions"
EN = "/staff/services/<slug>/asking"

Page = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Codes:
    """What a service pastes in its pages, and the mark of an address that people come back to.

    ``kept`` is the line of the script that was handed out last; blank while none was.
    """

    script: str
    kept: str
    kept_at: datetime | None
    link: str
    form: str
    mark: str


@bilingual_route(bp, FR, EN, methods=["GET", "POST"])
@login_required
def asking(slug: str) -> Page:
    """How the service asks; an administrator changes it, each part by its own form (``part``)."""
    service = service_for(slug)
    settings, sites = _asking_form(service), _origins_form(service)
    if request.method == "POST":
        require(can_manage_services, current_user, service.organization)
        is_sites = request.form.get("part") == "sites"
        if saved := _save_sites(service, sites) if is_sites else _save(service, settings):
            part = {"part": ("", "sites" if is_sites else "questions")}
            body, name = service.organization, service.name.fr
            record_act(current_user, body, Action.ASKING_CHANGED, name, utc_now(), part)
            db.session.commit()
            flash(saved)
            return redirect(url_for(".asking", slug=slug), code=303)
        return _page(service, settings, sites), 422
    return _page(service, settings, sites)


@bilingual_route(bp, f"{FR}/<name>.<extension>", f"{EN}/<name>.<extension>")
@login_required
def set_file(slug: str, name: str, extension: str) -> Response:
    """A set of questions as a file, to start from: an XLSForm in Excel or CSV, or our own JSON."""
    asked = queries.question_set_of(service_for(slug), name)
    if asked is None or extension not in MEDIA_TYPES:
        abort(404)
    content = as_file(asked.questionnaire, extension)
    response = WebResponse(content, content_type=MEDIA_TYPES[extension])
    response.headers["Content-Disposition"] = f'attachment; filename="{asked.name}.{extension}"'
    return response


def _asking_form(service: Service) -> AskingForm:
    settings = queries.settings_of(service)
    form = AskingForm(
        data={
            "question_set": settings.question_set,
            "display": str(settings.display),
            "asks_contact": settings.asks_contact,
        },
        formdata=_sent("asking"),
    )
    form.question_set.choices = [
        SelectChoice(name, asked.title.in_language(current_lang()))
        for name, asked in _offered(service).items()
    ]
    return form


def _origins_form(service: Service) -> OriginsForm:
    return OriginsForm(
        data={"origins": "\n".join(service.allowed_origins)}, formdata=_sent("sites")
    )


def _sent(part: str) -> Any:
    """What was sent for one of the two forms of the page; None for the other."""
    is_sent = request.method == "POST" and (request.form.get("part") == "sites") == (
        part == "sites"
    )
    return request.form if is_sent else None


def _save(service: Service, form: AskingForm) -> str | None:
    """Keeps the settings that were chosen and says so; None when something has to be mended."""
    if not form.validate():
        return None
    services.change_settings(
        service,
        utc_now(),
        question_set=form.question_set.data,
        display=form.display.data,
        asks_contact=form.asks_contact.data,
    )
    return str(_("The way this service asks is saved."))


def _save_sites(service: Service, form: OriginsForm) -> str | None:
    if not form.validate():
        return None
    services.set_allowed_origins(service, form.parsed)
    return str(_("The sites that may show the widget are saved."))


def _offered(service: Service) -> dict[str, QuestionSet]:
    """The sets that the service can ask, by the name its settings keep."""
    own = queries.own_set_of(service)
    return {**READY, **({OWN: own} if own else {})}


def _page(service: Service, settings: AskingForm, sites: OriginsForm) -> str:
    versions = queries.own_versions(service)
    return render_template(
        "feedback/asking.html",
        service=service,
        form=settings,
        sites=sites,
        offered=_offered(service),
        current=queries.settings_of(service),
        versions=[(v, queries.own_set_of(service, v.number)) for v in versions],
        may_manage=can_manage_services(current_user, service.organization),
        may_send_mail=offers_contact(service),
        codes=codes_of(service),
    )


def codes_of(service: Service) -> Codes:
    """The code to paste for a service, in the language of the page."""
    base = current_app.config["SETTINGS"].base_url
    asked = queries.question_set_of(service) or READY[DEFAULT]
    address = f"{base}{url_for('feedback.give', key=service.key)}"
    site = service.allowed_origins[0] if service.allowed_origins else "https://www.example.org"
    short = url_for("feedback_widget.service_script", key=service.key)
    kept = queries.last_handed_out(service)
    return Codes(
        script=script_code(f"{base}{short}", str(service.key), {}),
        kept=_kept_code(service, kept, base) if kept else "",
        kept_at=kept.created_at if kept else None,
        link=link_code(address, _("Give your feedback")),
        mark="=".join(MARKS[current_lang()]),
        form=plain_form(
            asked,
            current_lang(),
            address,
            f"{site}/",
            asks_contact=offers_contact(service),
        ),
    )


def _kept_code(service: Service, kept: WidgetScript, base: str) -> str:
    address = url_for("feedback_widget.kept_script", key=service.key, digest=kept.digest)
    told = {"integrity": services.integrity(kept.content), "crossorigin": "anonymous"}
    return script_code(f"{base}{address}", str(service.key), told)


@bilingual_route(
    bp, "/equipe/services/<slug>/code", "/staff/services/<slug>/code", methods=["POST"]
)
@login_required
def keep_script(slug: str) -> Response:
    """Keeps the script as it is now, at an address where it never changes."""
    service = service_for(slug, can_manage_services)
    services.hand_out(service, current_app.config["SETTINGS"].base_url, utc_now())
    db.session.commit()
    return redirect(url_for(".asking", slug=slug, _anchor="kept"), code=303)
