"""Taking part: save a page, send the answers, get a receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from consult.db import db
from consult.questionnaires import Answer, AnswerError, Question, Section
from consult.surveys.errors import (
    AlreadySubmittedError,
    AnswersIncompleteError,
    ConsultationClosedError,
    ConsultationNotOpenError,
)
from consult.surveys.models import (
    Channel,
    Consultation,
    ConsultationState,
    QuestionnaireVersion,
    Response,
    ResponseState,
)
from consult.surveys.receipts import new_receipt_code
from consult.surveys.services.safe_answers import fault, take


@dataclass(frozen=True)
class SavedPage:
    """What came of saving a page.

    ``errors`` are by question name, empty when all is well; ``masked`` are the questions in whose
    answer something was masked; ``shows_errors`` is true when the draft holds all that was typed,
    so that the same errors are found again in it.
    """

    response: Response
    errors: Mapping[str, AnswerError]
    masked: tuple[Question, ...]
    shows_errors: bool


def save_page(
    consultation: Consultation,
    response: Response | None,
    section: Section,
    raw: Mapping[str, object],
    lang: str,
    now: datetime,
) -> SavedPage:
    """Keeps the answers of one section in a draft, begun here when ``response`` is None.

    Answers that break a rule are kept as far as they can be, and told in ``errors``. Raises
    ``ConsultationClosedError``, ``ConsultationNotOpenError`` or ``AlreadySubmittedError``.
    """
    if response and response.is_submitted:
        raise AlreadySubmittedError()
    _require_open(consultation, now)
    response = response or _begin(consultation, lang, now)
    taken = {
        question.name: take(question, raw.get(question.name)) for question in section.answerable
    }
    answers = {**response.current, **{name: one.answer for name, one in taken.items()}}
    response.draft = _answered(answers)
    response.lang = lang
    db.session.flush()
    errors = {name: one.error for name, one in taken.items() if one.error}
    masked = tuple(question for question in section.answerable if taken[question.name].redacted)
    kept = _faults_of(section, response)
    shows_errors = all(name in kept and kept[name].code == e.code for name, e in errors.items())
    return SavedPage(response, errors, masked, shows_errors)


def submit(response: Response, lang: str, now: datetime) -> Response:
    """Sends a draft and gives it its receipt code; sending it again changes nothing.

    Raises ``ConsultationClosedError`` from the closing second on, and ``AnswersIncompleteError``.
    """
    if response.is_submitted:
        return response
    _require_open(response.consultation, now)
    missing = faults(response)
    if missing or not response.draft:
        raise AnswersIncompleteError(min(missing, default=1))
    _send(response, lang, now)
    db.session.flush()
    return response


def faults(response: Response) -> dict[int, dict[str, AnswerError]]:
    """What has to be fixed before sending: page (from 1) to question name to error."""
    sections = response.version.questionnaire.sections
    pages = {page: _faults_of(section, response) for page, section in enumerate(sections, 1)}
    return {page: errors for page, errors in pages.items() if errors}


def _faults_of(section: Section, response: Response) -> dict[str, AnswerError]:
    faulty = {q.name: fault(q, response.current.get(q.name)) for q in section.answerable}
    return {name: error for name, error in faulty.items() if error}


@dataclass(frozen=True)
class FilledQuestionnaire:
    """A response given elsewhere; ``answers`` by question name, as ``Question.normalise`` reads."""

    answers: Mapping[str, object]
    lang: str
    submitted_at: datetime
    channel: Channel = Channel.WEB


def record_all(consultation: Consultation, filled: Iterable[FilledQuestionnaire]) -> int:
    """Records responses given elsewhere, whatever the time; returns how many.

    Raises ``AnswerError`` at the first answer that breaks a rule of its question.
    """
    responses = [_record(consultation, _current(consultation), one) for one in filled]
    db.session.add_all(responses)
    db.session.flush()
    return len(responses)


def _record(
    consultation: Consultation, version: QuestionnaireVersion, filled: FilledQuestionnaire
) -> Response:
    answers: dict[str, Answer] = {}
    for question in version.questionnaire.questions:
        taken = take(question, filled.answers.get(question.name))
        if taken.error:
            raise taken.error
        answers[question.name] = taken.answer
    response = Response(
        consultation=consultation,
        version=version,
        draft=_answered(answers),
        receipt_code=new_receipt_code(),
        channel=filled.channel,
        started_at=filled.submitted_at,
    )
    _send(response, filled.lang, filled.submitted_at)
    return response


def _begin(consultation: Consultation, lang: str, now: datetime) -> Response:
    response = Response(
        consultation=consultation,
        version=_current(consultation),
        draft={},
        receipt_code=new_receipt_code(),
        lang=lang,
        started_at=now,
    )
    db.session.add(response)
    db.session.flush()
    return response


def _current(consultation: Consultation) -> QuestionnaireVersion:
    if consultation.version is None:
        raise ConsultationNotOpenError()
    return consultation.version


def _send(response: Response, lang: str, now: datetime) -> None:
    response.state = ResponseState.SUBMITTED
    response.submitted_at = now
    response.answers, response.draft = response.draft or {}, None
    response.lang = lang


def _answered(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: answer for name, answer in answers.items() if answer is not None}


def _require_open(consultation: Consultation, now: datetime) -> None:
    state = consultation.state(now)
    if state is ConsultationState.CLOSED:
        raise ConsultationClosedError()
    if state is ConsultationState.COMING or not consultation.published_at:
        raise ConsultationNotOpenError()
