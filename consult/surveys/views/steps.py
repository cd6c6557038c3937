"""Finding one's way in a questionnaire: its pages, and the redirections between them."""

from typing import Any

from flask import abort, flash, redirect, url_for
from werkzeug.wrappers import Response as WebResponse

from consult.questionnaires import Questionnaire, Section
from consult.surveys.errors import AnswersIncompleteError
from consult.surveys.models import Consultation, Response


def questionnaire_for(consultation: Consultation, response: Response | None) -> Questionnaire:
    version = (response.version if response else consultation.version) or abort(404)
    return version.questionnaire


def section_at(questionnaire: Questionnaire, number: int) -> Section:
    if not 1 <= number <= len(questionnaire.sections):
        abort(404)
    return questionnaire.sections[number - 1]


def to_page(consultation: Consultation, number: int, **arguments: Any) -> WebResponse:
    address = url_for("surveys.page", slug=consultation.slug, number=number, **arguments)
    return redirect(address, code=303)


def to_receipt(consultation: Consultation) -> WebResponse:
    return redirect(url_for("surveys.receipt", slug=consultation.slug), code=303)


def to_mend(consultation: Consultation, number: int) -> WebResponse:
    flash(str(AnswersIncompleteError.message))
    return to_page(consultation, number, mend=1)
