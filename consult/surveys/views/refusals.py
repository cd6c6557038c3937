"""What a person sees when a rule of taking part is broken: never a bare error."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WebResponse

from consult.db import db
from consult.i18n import current_lang
from consult.questionnaires import Answer
from consult.surveys.errors import (
    AlreadySubmittedError,
    AnswersIncompleteError,
    ConsultationClosedError,
    ConsultationNotOpenError,
)
from consult.surveys.forms.questions import section_form
from consult.surveys.models import Consultation
from consult.surveys.services.safe_answers import take
from consult.surveys.views.blueprint import bp, published_consultation
from consult.surveys.views.draft import own_response
from consult.surveys.views.steps import questionnaire_for, section_at, to_mend, to_receipt


def _consultation() -> Consultation:
    """The one the refused request was about."""
    db.session.rollback()
    return published_consultation((request.view_args or {})["slug"])


@bp.errorhandler(ConsultationClosedError)
def show_closed(error: ConsultationClosedError) -> tuple[str, int]:
    """Says so, and shows what was written so that it can be copied."""
    consultation = _consultation()
    response = own_response(consultation)
    questionnaire = questionnaire_for(consultation, response)
    answers: dict[str, Answer] = dict(response.current) if response else {}
    if number := (request.view_args or {}).get("number"):
        section = section_at(questionnaire, number)
        typed = section_form(section, current_lang())().typed()
        answers |= {q.name: take(q, typed[q.name]).answer for q in section.answerable}
    page = render_template(
        "surveys/closed.html",
        consultation=consultation,
        questionnaire=questionnaire,
        answers={name: answer for name, answer in answers.items() if answer is not None},
    )
    return page, error.status


@bp.errorhandler(ConsultationNotOpenError)
def show_opening(_error: ConsultationNotOpenError) -> WebResponse:
    """Leads to the consultation's page, which says when it opens."""
    return redirect(url_for("surveys.consultation", slug=_consultation().slug), code=303)


@bp.errorhandler(AlreadySubmittedError)
def show_receipt(error: AlreadySubmittedError) -> WebResponse:
    """Leads to the receipt; what was sent stays as it was."""
    flash(str(error.message))
    return to_receipt(_consultation())


@bp.errorhandler(AnswersIncompleteError)
def show_missing(error: AnswersIncompleteError) -> WebResponse:
    """Leads to the first page where something is missing."""
    return to_mend(_consultation(), error.page)
