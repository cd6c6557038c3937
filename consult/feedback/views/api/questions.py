"""What a service asks, for those who make their own form."""

from flask import Response, g, jsonify, request
from flask_babel import lazy_gettext as _l

from consult.errors import DomainError
from consult.feedback import queries
from consult.feedback.views.api.blueprint import bp
from consult.feedback.views.api.errors import errors
from consult.feedback.views.api.schemas import Questions
from consult.feedback.views.api.words import N_

SECONDS_KEPT = 300


class UnknownQuestionSetError(DomainError):
    status = 404
    code = "unknown-question-set"
    message = _l("This service has no questions of this name.")


@bp.route("/questions", methods=["GET"])
@bp.doc(
    operationId="getQuestions",
    summary=N_("Get the questions"),
    description=N_(
        "The questions of a service, in French and in English, as its form asks them. Open to all, "
        "from any site, and kept five minutes."
    ),
    parameters=[
        {
            "name": "question_set",
            "in": "query",
            "description": N_(
                "The name of a set; without it, what the service asks at the moment."
            ),
            "schema": {"type": "string"},
        }
    ],
    security=[{}],
)
@errors(401, 404, 503)
@bp.alt_response(304, description=N_("Nothing has changed since."), success=True)
@bp.response(200, Questions, description=N_("The questions."))
def questions(key: str) -> Response:
    """The questions with the name that is asked for, or those of the service's settings."""
    asked = queries.question_set_of(g.service, request.args.get("question_set"))
    if asked is None:
        raise UnknownQuestionSetError()
    answer = jsonify(
        question_set=asked.name,
        title=asked.questionnaire.title.model_dump(mode="json", exclude_defaults=True),
        questions=[
            question.model_dump(mode="json", exclude_defaults=True)
            for question in asked.section.questions
        ],
    )
    answer.cache_control.public = True
    answer.cache_control.max_age = SECONDS_KEPT
    answer.add_etag()
    answer.make_conditional(request)
    return answer
