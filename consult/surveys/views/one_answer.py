"""One person's answers, for the staff who follow a quotation back to where it was said."""

from uuid import UUID

from flask import abort, render_template, request
from flask_login import login_required

from consult.db import utc_now
from consult.i18n import bilingual_route, current_lang
from consult.surveys import queries
from consult.surveys.services.outcomes import outcome_with
from consult.surveys.told_answers import told_answers
from consult.surveys.views.blueprint import bp, readable_consultation
from consult.surveys.views.question_page import page_context


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/reponses/<uuid:public_id>",
    "/staff/consultations/<slug>/answers/<uuid:public_id>",
)
@login_required
def one_answer(slug: str, public_id: UUID) -> str:
    """What was sent, question by question; the one that ``question`` names in the query first."""
    consultation = readable_consultation(slug)
    response = queries.sent_response(consultation, public_id) or abort(404)
    outcome = outcome_with(response.version, response.answers, utc_now())
    context = page_context(response.version, outcome, response)
    sections = response.version.questionnaire.sections
    asked = request.args.get("question")
    told = (
        one
        for section in sections
        for one in told_answers(section, response.answers, current_lang(), context)
    )
    return render_template(
        "surveys/one_answer.html",
        consultation=consultation,
        response=response,
        context=context,
        first=next((one for one in told if one.name == asked), None),
    )
