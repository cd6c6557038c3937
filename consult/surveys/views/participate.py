"""Taking part: one page per section, saved as it goes; check your answers; send."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WebResponse

from consult.catalogues import LOCALES
from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.question_pages import SectionForm, filled_form, section_form
from consult.questionnaires.logic import pipe
from consult.surveys.errors import (
    ChangedMeanwhileError,
    ConsultationClosedError,
    ConsultationNotOpenError,
)
from consult.surveys.messages import masked_message
from consult.surveys.models import Consultation, Response
from consult.surveys.services.outcomes import answers_with, outcome_of, pages_of
from consult.surveys.services.respond import (
    SavedPage,
    require_open,
    save_page,
    submit,
)
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import (
    answers_mark,
    is_outdated,
    own_response,
    remember,
)
from consult.surveys.views.question_page import QuestionPage, is_late, page_context, render_page
from consult.surveys.views.steps import (
    joined_consultation,
    link_codes,
    nearest,
    section_at,
    shown_pages,
    to_check,
    to_invitation,
    to_mend,
    to_page,
    to_receipt,
    to_resume,
    version_for,
)
from consult.surveys.views.ways_in import (
    beginning,
    channel_of,
    forget_invitation,
    invitation_id,
    lacks_invitation,
)

PAGE = "/consultations/<slug>/questionnaire/<int:number>"

Page = str | WebResponse | tuple[str, int]


def page_at(
    consultation: Consultation, number: int, *, lock: bool = False, response: Response | None = None
) -> QuestionPage:
    """The page with this number for the person asking; 404 when there is none."""
    response = response or own_response(consultation, lock=lock)
    version = version_for(consultation, response)
    section = section_at(version.questionnaire, number)
    return QuestionPage(consultation, response, version, section, number)


@bilingual_route(bp, PAGE, PAGE, methods=["GET", "POST"])
def page(slug: str, number: int) -> Page:
    """One section of the questionnaire, ``number`` from 1."""
    consultation = joined_consultation(slug)
    if request.method == "POST":
        return _save_page(consultation, number)
    if elsewhere := _elsewhere(consultation, own_response(consultation)):
        return elsewhere
    asked = page_at(consultation, number)
    outcome = asked.outcome()
    pages = shown_pages(asked.version.questionnaire, outcome)
    to = nearest(pages, number if asked.response else 1)
    if to is None:
        return to_check(consultation) if asked.response else _nothing_to_ask(consultation)
    if to != number:
        return to_page(consultation, to, link_codes(asked.version))
    form = filled_form(asked.section, current_lang(), asked.answers)
    if asked.response and "mend" in request.args:
        form.show_errors(pages_of(asked.response, outcome).get(number, {}))
    return render_page(asked, form, outcome)


def _save_page(consultation: Consultation, number: int) -> Page:
    asked = page_at(consultation, number, lock=True)
    form = section_form(asked.section, current_lang())()
    raw = asked.typed(form)
    if asked.response is None and "opened" not in request.form:
        require_open(consultation, utc_now(), channel=channel_of(consultation, None))
        return render_page(asked, form, asked.outcome_typed(form), lost="answers"), 409
    outdated = is_outdated(answers_mark(asked.answers, asked.section))
    if outdated and asked.response and (elsewhere := asked.elsewhere(raw, form.shown)):
        return render_page(asked, form, asked.outcome_typed(form), elsewhere), 409
    saved = save_page(
        consultation,
        asked.response,
        asked.section,
        raw,
        current_lang(),
        utc_now(),
        shown=form.shown,
        beginning=None if asked.response else beginning(consultation, asked.version),
    )
    db.session.commit()
    remember(consultation, saved.response)
    if saved.masked:
        lang = _lang_to_come()
        with force_locale(LOCALES[lang]):
            flash(masked_message(saved.masked, lang))
    return _after_saving(page_at(consultation, number, response=saved.response), saved, form)


def _after_saving(asked: QuestionPage, saved: SavedPage, form: SectionForm) -> Page:
    """Where a saved page leads: on, or to the same page with what is to be fixed or added."""
    consultation, number = asked.consultation, asked.number
    changing: dict[str, Any] = {"change": 1} if "change" in request.args else {}
    if saved.errors and not saved.shows_errors:
        form.show_errors(saved.errors)
        return render_page(asked, form, saved.outcome), 422
    if "later" in request.form:
        return redirect(url_for("surveys.later", slug=consultation.slug), code=303)
    if "switch_language" in request.form:
        return to_page(consultation, number, lang_code=_lang_to_come(), **changing)
    if saved.brought:
        flash(_brought_message(saved))
    if saved.errors:
        return to_page(consultation, number, mend=1, **changing)
    if saved.brought:
        return to_page(consultation, number, **changing)
    after = [p for p in shown_pages(asked.version.questionnaire, saved.outcome) if p > number]
    return to_page(consultation, after[0]) if after and not changing else to_check(consultation)


def _lang_to_come() -> str:
    """The language of the page that follows: the other one for who switches."""
    if "switch_language" not in request.form:
        return current_lang()
    return "en" if current_lang() == "fr" else "fr"


def _brought_message(saved: SavedPage) -> str:
    count = sum(bool(question.answerable) for question in saved.brought)
    if not count:
        return str(_("Your answers bring something to read on this page."))
    return str(
        ngettext(
            "Your answers bring %(num)d more question on this page.",
            "Your answers bring %(num)d more questions on this page.",
            count,
        )
    )


@bilingual_route(bp, f"{PAGE}/apercu", f"{PAGE}/preview", methods=["POST"])
def preview(slug: str, number: int) -> WebResponse:
    """What the page would show with the answers it holds now, for the page's script (JSON).

    ``visible``: names of what is shown on the page; ``choices``: names on offer, for filtered
    questions; ``labels``: texts that repeat an earlier answer. Nothing is stored.
    """
    asked = page_at(joined_consultation(slug), number)
    form = section_form(asked.section, current_lang())()
    answers = answers_with(asked.answers, asked.section, asked.typed(form), form.shown)
    outcome = asked.outcome(answers)
    shown = [*asked.section.questions, *(q for q in asked.section.answerable)]
    labels = {q.name: q.label.in_language(current_lang()) for q in shown}
    questionnaire = asked.version.questionnaire
    found = {
        "visible": sorted(outcome.visible & labels.keys()),
        "choices": {n: sorted(c) for n, c in outcome.choices.items() if n in labels},
        "labels": {
            name: pipe(label, questionnaire, outcome.answers, current_lang())
            for name, label in labels.items()
            if "${" in label
        },
    }
    db.session.rollback()
    return jsonify(found)


@bilingual_route(bp, "/consultations/<slug>/reprendre", "/consultations/<slug>/resume")
def resume(slug: str) -> WebResponse:
    """Leads to the page where the person goes on."""
    consultation = joined_consultation(slug)
    response = own_response(consultation)
    if elsewhere := _elsewhere(consultation, response):
        return elsewhere
    return to_resume(consultation, response, utc_now()) if response else _to_beginning(consultation)


@bilingual_route(
    bp,
    "/consultations/<slug>/verification",
    "/consultations/<slug>/check",
    methods=["GET", "POST"],
)
def check(slug: str) -> str | WebResponse:
    """Every answer with a way to change it; a POST sends them."""
    consultation = joined_consultation(slug)
    if request.method == "POST":
        return _send(consultation)
    response = own_response(consultation)
    if elsewhere := _elsewhere(consultation, response):
        return elsewhere
    if response is None:
        return _to_beginning(consultation)
    outcome = outcome_of(response, utc_now())
    if missing := pages_of(response, outcome):
        return to_mend(consultation, min(missing))
    pages = shown_pages(response.version.questionnaire, outcome)
    return render_template(
        "surveys/check.html",
        consultation=consultation,
        response=response,
        pages=pages,
        context=page_context(response.version, outcome, response),
        seen=answers_mark(response.current),
        is_late=is_late(consultation),
    )


def _send(consultation: Consultation) -> WebResponse:
    response = own_response(consultation, lock=True)
    if response is None:
        return _to_beginning(consultation)
    if response.draft is not None and is_outdated(answers_mark(response.current), "all_seen"):
        raise ChangedMeanwhileError()
    invitation = invitation_id(consultation)
    submit(response, current_lang(), utc_now(), invitation_id=invitation)
    db.session.commit()
    forget_invitation(consultation)
    return to_receipt(consultation)


def _to_beginning(consultation: Consultation) -> WebResponse:
    flash(
        _(
            "Your answers are not on this device yet. The questionnaire starts here. If you have "
            "a receipt code, it brings your answers here."
        )
    )
    return to_page(consultation, 1)


def _nothing_to_ask(consultation: Consultation) -> WebResponse:
    """For who begins, when no question is shown to who has answered none."""
    flash(_("With this address, the questionnaire has no question to ask you."))
    return redirect(url_for("surveys.consultation", slug=consultation.slug))


def _elsewhere(consultation: Consultation, response: Response | None) -> WebResponse | None:
    """Where to go instead of a question page: answers were sent, or none are taken now.

    Raises ``ConsultationClosedError`` for who has unsent answers, so that they see them.
    """
    if response and response.is_submitted and response.draft is None:
        return to_receipt(consultation)
    began_at = response.started_at if response else None
    try:
        require_open(consultation, utc_now(), began_at, channel=channel_of(consultation, response))
    except ConsultationNotOpenError:
        return redirect(url_for("surveys.consultation", slug=consultation.slug))
    except ConsultationClosedError:
        if response is None:
            return redirect(url_for("surveys.consultation", slug=consultation.slug))
        if response.is_submitted:
            return to_receipt(consultation)
        raise
    if response is None and lacks_invitation(consultation):
        return to_invitation(consultation, link_codes(consultation.version))
    return None
