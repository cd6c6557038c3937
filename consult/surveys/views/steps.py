"""Finding one's way in a questionnaire: its pages, and the redirections between them.

Pages are numbered from 1 as in the definition; those with nothing to show are skipped.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as WebResponse

from consult.questionnaires import Questionnaire, Section
from consult.questionnaires.logic import Outcome
from consult.surveys import queries
from consult.surveys.errors import AnswersIncompleteError, TakenBackError
from consult.surveys.models import Consultation, QuestionnaireVersion, Response
from consult.surveys.services.outcomes import outcome_of, pages_of
from consult.surveys.views.draft import own_response


def joined_consultation(slug: str) -> Consultation:
    """The public consultation of an address, for who takes part in it; 404 when there is none.

    Raises ``TakenBackError`` when it is not public any more and this browser has answers to it.
    """
    consultation = queries.consultation_by_slug(slug) or abort(404)
    if not consultation.published_at:
        if own_response(consultation) is None:
            abort(404)
        raise TakenBackError()
    return consultation


def version_for(consultation: Consultation, response: Response | None) -> QuestionnaireVersion:
    """The response's own questionnaire, the latest for who begins; 404 when there is none."""
    return (response.version if response else consultation.version) or abort(404)


def section_at(questionnaire: Questionnaire, number: int) -> Section:
    """The page with this number; 404 when there is none."""
    if not 1 <= number <= len(questionnaire.sections):
        abort(404)
    return questionnaire.sections[number - 1]


def shown_pages(questionnaire: Questionnaire, outcome: Outcome) -> list[int]:
    """The numbers of the pages that have something to show."""
    shown = set(outcome.sections)
    return [n for n, section in enumerate(questionnaire.sections, 1) if section.name in shown]


def nearest(pages: Sequence[int], number: int) -> int | None:
    """The page asked for if it is among ``pages``, else the next one, else the one before."""
    after = [page for page in pages if page >= number]
    return after[0] if after else (pages[-1] if pages else None)


def first_to_fill(response: Response, now: datetime) -> int | None:
    """The page where the person goes on; None when all that is left is to check and send.

    The one after the last page with an answer, or an earlier one where something is missing.
    """
    questionnaire = response.version.questionnaire
    outcome = outcome_of(response, now)
    pages = shown_pages(questionnaire, outcome)
    answered = [
        page
        for page in pages
        if any(q.name in response.current for q in questionnaire.sections[page - 1].answerable)
    ]
    after = [page for page in pages if page > max(answered, default=0)]
    return min([*pages_of(response, outcome), *after[:1]], default=None)


def link_codes(version: QuestionnaireVersion | None) -> dict[str, str]:
    """What the link brings for the hidden questions of the questionnaire (``?name=code``)."""
    questions = version.questionnaire.questions if version else ()
    hidden = {q.name for q in questions if q.type == "hidden"}
    return {name: code for name, code in request.args.items() if name in hidden}


def page_address(
    consultation: Consultation,
    number: int,
    codes: Mapping[str, str] | None = None,
    **arguments: Any,
) -> str:
    """The address of a page. Codes are added here: ``url_for`` would obey some names."""
    address = url_for("surveys.page", slug=consultation.slug, number=number, **arguments)
    return _with_codes(address, codes)


def _with_codes(address: str, codes: Mapping[str, str] | None) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(codes)}" if codes else address


def to_page(
    consultation: Consultation,
    number: int,
    codes: Mapping[str, str] | None = None,
    **arguments: Any,
) -> WebResponse:
    return redirect(page_address(consultation, number, codes, **arguments), code=303)


def to_invitation(consultation: Consultation, codes: Mapping[str, str]) -> WebResponse:
    """Leads to the page that asks for the invitation; the link's codes come along."""
    address = url_for("surveys.invitation", slug=consultation.slug)
    return redirect(_with_codes(address, codes), code=303)


def to_check(consultation: Consultation) -> WebResponse:
    return redirect(url_for("surveys.check", slug=consultation.slug), code=303)


def to_receipt(consultation: Consultation) -> WebResponse:
    return redirect(url_for("surveys.receipt", slug=consultation.slug), code=303)


def to_mend(consultation: Consultation, number: int) -> WebResponse:
    flash(str(AnswersIncompleteError.message))
    return to_page(consultation, number, mend=1)


def to_resume(consultation: Consultation, response: Response, now: datetime) -> WebResponse:
    """Leads to where the person goes on."""
    page = first_to_fill(response, now)
    return to_page(consultation, page) if page else to_check(consultation)
