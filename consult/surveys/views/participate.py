"""Taking part: one page per section, check your answers, send, receipt."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.questionnaires import Questionnaire
from consult.surveys.forms.questions import SectionForm, filled_form, section_form
from consult.surveys.messages import masked_message
from consult.surveys.models import Consultation, ConsultationState, Response
from consult.surveys.services.respond import faults, save_page, submit
from consult.surveys.views.blueprint import bp, published_consultation
from consult.surveys.views.draft import forget, own_response, remember
from consult.surveys.views.steps import questionnaire_for, section_at, to_mend, to_page, to_receipt

PAGE = "/consultations/<slug>/questionnaire/<int:number>"


@bilingual_route(bp, PAGE, PAGE, methods=["GET", "POST"])
def page(slug: str, number: int) -> str | WebResponse | tuple[str, int]:
    """One section of the questionnaire, ``number`` from 1."""
    consultation = published_consultation(slug)
    if request.method == "POST":
        return _save_page(consultation, number)
    response = own_response(consultation)
    if elsewhere := _elsewhere(consultation, response):
        return elsewhere
    if response is None and number > 1:
        return to_page(consultation, 1)
    questionnaire = questionnaire_for(consultation, response)
    form = filled_form(
        section_at(questionnaire, number), current_lang(), response.current if response else {}
    )
    if response and "mend" in request.args:
        form.show_errors(faults(response).get(number, {}))
    return _render_page(consultation, questionnaire, number, form)


def _save_page(consultation: Consultation, number: int) -> str | WebResponse | tuple[str, int]:
    response = own_response(consultation, lock=True)
    questionnaire = questionnaire_for(consultation, response)
    section = section_at(questionnaire, number)
    form = section_form(section, current_lang())()
    saved = save_page(consultation, response, section, form.typed(), current_lang(), utc_now())
    db.session.commit()
    remember(consultation, saved.response)
    changing = {"change": 1} if "change" in request.args else {}
    if "switch_language" in request.form:
        other = "en" if current_lang() == "fr" else "fr"
        return to_page(consultation, number, lang_code=other, **changing)
    if saved.masked:
        flash(masked_message(saved.masked, current_lang()))
    if saved.errors and saved.shows_errors:
        return to_page(consultation, number, mend=1, **changing)
    if saved.errors:
        form.show_errors(saved.errors)
        return _render_page(consultation, questionnaire, number, form), 422
    if changing or number == len(questionnaire.sections):
        return redirect(url_for("surveys.check", slug=consultation.slug), code=303)
    return to_page(consultation, number + 1)


@bilingual_route(
    bp,
    "/consultations/<slug>/verification",
    "/consultations/<slug>/check",
    methods=["GET", "POST"],
)
def check(slug: str) -> str | WebResponse:
    """Every answer with a way to change it; a POST sends them."""
    consultation = published_consultation(slug)
    if request.method == "POST":
        return _send(consultation)
    response = own_response(consultation)
    if elsewhere := _elsewhere(consultation, response):
        return elsewhere
    if response is None:
        flash(_("Your answers are not on this device yet. The questionnaire starts here."))
        return to_page(consultation, 1)
    if missing := faults(response):
        return to_mend(consultation, min(missing))
    return render_template("surveys/check.html", consultation=consultation, response=response)


def _send(consultation: Consultation) -> WebResponse:
    response = own_response(consultation, lock=True)
    if response is None:
        flash(_("Your answers are not on this device yet. The questionnaire starts here."))
        return to_page(consultation, 1)
    submit(response, current_lang(), utc_now())
    db.session.commit()
    return to_receipt(consultation)


@bilingual_route(bp, "/consultations/<slug>/recu", "/consultations/<slug>/receipt")
def receipt(slug: str) -> str | WebResponse:
    """The receipt code, thanks, and what happens next."""
    consultation = published_consultation(slug)
    response = own_response(consultation)
    if response is None or not response.is_submitted:
        flash(_("No answers were sent from this device for this consultation."))
        return redirect(url_for("surveys.consultation", slug=slug))
    return render_template(
        "surveys/receipt.html",
        consultation=consultation,
        response=response,
        verify_url=current_app.config["SETTINGS"].base_url + url_for("surveys.verify"),
    )


@bilingual_route(
    bp,
    "/consultations/<slug>/autre-personne",
    "/consultations/<slug>/someone-else",
    methods=["POST"],
)
def someone_else(slug: str) -> WebResponse:
    """Removes the receipt from this device, so that another person can answer on it."""
    consultation = published_consultation(slug)
    forget(consultation)
    flash(
        _(
            "The receipt was removed from this device. The answers already sent are kept. "
            "Someone else can use this device."
        )
    )
    return redirect(url_for("surveys.consultation", slug=slug), code=303)


def _render_page(
    consultation: Consultation, questionnaire: Questionnaire, number: int, form: SectionForm
) -> str:
    changing = "change" in request.args
    back = url_for("surveys.consultation", slug=consultation.slug)
    if changing:
        back = url_for("surveys.check", slug=consultation.slug)
    elif number > 1:
        back = url_for("surveys.page", slug=consultation.slug, number=number - 1)
    return render_template(
        "surveys/page.html",
        consultation=consultation,
        section=form.section,
        form=form,
        number=number,
        pages=len(questionnaire.sections),
        back=back,
        changing=changing,
        language_switch_form="questions",
    )


def _elsewhere(consultation: Consultation, response: Response | None) -> WebResponse | None:
    """Where to go instead of a question page: answers were sent, or none are taken now."""
    if response and response.is_submitted:
        return to_receipt(consultation)
    if consultation.state(utc_now()) is not ConsultationState.OPEN or not consultation.version:
        return redirect(url_for("surveys.consultation", slug=consultation.slug))
    return None
