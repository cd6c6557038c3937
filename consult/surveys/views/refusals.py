"""What a person sees when a rule of taking part is broken: never a bare error, nothing lost."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.errors import csrf_error, http_error
from consult.i18n import current_lang
from consult.question_pages import section_form
from consult.questionnaires import Answer
from consult.surveys import queries
from consult.surveys.errors import (
    AlreadySubmittedError,
    AnswersIncompleteError,
    ChangedMeanwhileError,
    ConsultationClosedError,
    ConsultationNotOpenError,
    NothingAnsweredError,
    TakenBackError,
)
from consult.surveys.models import Consultation
from consult.surveys.services.outcomes import answers_with, outcome_with
from consult.surveys.services.respond import takes_answers
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import own_response
from consult.surveys.views.participate import page_at
from consult.surveys.views.question_page import QuestionPage, page_context, render_page
from consult.surveys.views.steps import to_check, to_mend, to_page, to_receipt, version_for
from consult.surveys.views.ways_in import channel_of

Refusal = WebResponse | tuple[str, int]


def _consultation() -> Consultation:
    """The one the refused request was about, published or not."""
    db.session.rollback()
    found = queries.consultation_by_slug((request.view_args or {})["slug"])
    return found or abort(404)


def _sent_page(consultation: Consultation) -> QuestionPage | None:
    """The page of questions that was being sent, if it was one."""
    number = (request.view_args or {}).get("number")
    if request.method != "POST" or number is None:
        return None
    return page_at(consultation, number)


def _written(consultation: Consultation) -> Mapping[str, Answer]:
    """Everything the person wrote: what was kept, and what they were sending."""
    page = _sent_page(consultation)
    if page is None:
        response = own_response(consultation)
        return response.current if response else {}
    form = section_form(page.section, current_lang())()
    return answers_with(page.answers, page.section, page.typed(form), form.shown)


def _not_saved(reason: str, status: int) -> tuple[str, int]:
    """A page that says why nothing was received, and shows what was written to be copied."""
    consultation = _consultation()
    response = own_response(consultation)
    version, answers = version_for(consultation, response), _written(consultation)
    page = render_template(
        "surveys/not_saved.html",
        reason=reason,
        consultation=consultation,
        questionnaire=version.questionnaire,
        response=response,
        answers=answers,
        context=page_context(version, outcome_with(version, answers, utc_now()), response),
        may_correct=takes_answers(consultation, utc_now()),
    )
    return page, status


@bp.errorhandler(ConsultationClosedError)
def show_closed(error: ConsultationClosedError) -> tuple[str, int]:
    return _not_saved("closed", error.status)


@bp.errorhandler(TakenBackError)
def show_taken_back(error: TakenBackError) -> tuple[str, int]:
    return _not_saved("taken_back", error.status)


@bp.errorhandler(ConsultationNotOpenError)
def show_opening(_error: ConsultationNotOpenError) -> WebResponse:
    """Leads to the consultation's page, which says when it opens."""
    consultation = _consultation()
    return redirect(url_for("surveys.consultation", slug=consultation.slug), code=303)


@bp.errorhandler(AlreadySubmittedError)
def show_sent(error: AlreadySubmittedError) -> Refusal:
    """Leads to the receipt; a page that would change what was sent is shown to be copied."""
    consultation = _consultation()
    response = own_response(consultation)
    if response and _written(consultation) != response.current:
        return _not_saved("sent", error.status)
    flash(str(error.message))
    return to_receipt(consultation)


@bp.errorhandler(AnswersIncompleteError)
def show_missing(error: AnswersIncompleteError) -> WebResponse:
    """Leads to the first page where something is missing."""
    return to_mend(_consultation(), error.page)


@bp.errorhandler(NothingAnsweredError)
def show_nothing(error: NothingAnsweredError) -> WebResponse:
    """Leads to the first page."""
    flash(str(error.message), "error")
    return to_page(_consultation(), 1)


@bp.errorhandler(ChangedMeanwhileError)
def show_changed(error: ChangedMeanwhileError) -> WebResponse:
    """Shows the answers again, as they are now."""
    flash(str(error.message), "error")
    return to_check(_consultation())


@bp.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Refusal:
    """A page of questions whose token is too old comes back with what was typed on it.

    It goes on once the person has seen it: another site may have written what it holds.
    """
    consultation = _consultation() if request.endpoint == "surveys.page" else None
    page = _sent_page(consultation) if consultation else None
    if page is None or not _takes(page):
        return csrf_error(error)
    form = section_form(page.section, current_lang())()
    return render_page(page, form, page.outcome_typed(form), lost="session"), 400


def _takes(page: QuestionPage) -> bool:
    channel = channel_of(page.consultation, page.response)
    return takes_answers(page.consultation, utc_now(), page.began_at, channel=channel)


@bp.errorhandler(RequestEntityTooLarge)
def show_too_large(error: RequestEntityTooLarge) -> Refusal:
    """A page of questions with more than it can carry."""
    if request.endpoint != "surveys.page":
        return http_error(error)
    return render_template("surveys/too_large.html", consultation=_consultation()), 413
