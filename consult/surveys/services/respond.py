"""Taking part: save a page, send the answers, correct them; record those given elsewhere."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult.db import db
from consult.files.errors import FileRefusedError
from consult.organizations.models import Account
from consult.question_pages.safe_answers import Taken, take
from consult.questionnaires import Answer, AnswerError, Question, Section
from consult.questionnaires.logic import Outcome
from consult.surveys.errors import (
    AlreadySubmittedError,
    AnswersIncompleteError,
    ConsultationClosedError,
    ConsultationNotOpenError,
    NothingAnsweredError,
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
from consult.surveys.services.invitations import needs_invitation, spend
from consult.surveys.services.outcomes import (
    answered,
    asked_on,
    hidden_codes,
    names_on,
    outcome_of,
    outcome_with,
    pages_of,
    pieces_of,
)
from consult.surveys.services.uploads import attach, drop_unused


@dataclass(frozen=True)
class Beginning:
    """What is known when a response begins.

    ``opened_at`` is when the first page was opened, if earlier than its being saved; ``codes`` the
    values that the link brought for hidden questions; the rest is as in ``Response``.
    """

    opened_at: datetime | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    channel: Channel = Channel.WEB
    entered_by: Account | None = None
    browser_mark: str | None = None


@dataclass(frozen=True)
class SavedPage:
    """What came of saving a page.

    ``errors`` are by question name, empty when all is well; ``masked`` are the questions in whose
    answer something was masked; ``brought`` is what the answers made visible on the page, unseen by
    the person so far. ``shows_errors`` is true when the draft holds all that was typed, so that the
    same errors are found again in it.
    """

    response: Response
    outcome: Outcome
    errors: Mapping[str, AnswerError]
    masked: tuple[Question, ...]
    brought: tuple[Question, ...]
    shows_errors: bool


def current_version(consultation: Consultation) -> QuestionnaireVersion:
    """The questionnaire that a new response gets; ``ConsultationNotOpenError`` without one."""
    if consultation.version is None:
        raise ConsultationNotOpenError()
    return consultation.version


def save_page(
    consultation: Consultation,
    response: Response | None,
    section: Section,
    raw: Mapping[str, object],
    lang: str,
    now: datetime,
    *,
    shown: Collection[str] | None = None,
    beginning: Beginning | None = None,
) -> SavedPage:
    """Keeps the answers of one section in the draft, begun here when ``response`` is None.

    Only questions named in ``shown`` are changed, all of them when it is None: what the person did
    not see keeps its answer, so that it is there again when the question comes back. Answers that
    break a rule are kept as far as they can be, and told in ``errors``. In ``raw``, bytes are a
    file to attach.

    Raises ``ConsultationClosedError``, ``ConsultationNotOpenError`` or ``AlreadySubmittedError``.
    """
    if response and response.is_submitted and response.draft is None:
        raise AlreadySubmittedError()
    beginning = beginning or Beginning()
    began_at = response.started_at if response else beginning.opened_at
    channel = response.channel if response else beginning.channel
    require_open(consultation, now, began_at, channel=channel)
    response = response or _begin(consultation, beginning, lang, now)
    asked = asked_on(section, shown)
    taken = {q.name: _take_or_attach(response, q, raw.get(q.name), now) for q in asked}
    answers = {**response.current, **{name: one.answer for name, one in taken.items()}}
    response.draft = answered(answers)
    response.lang, response.updated_at = lang, now
    db.session.flush()
    if any(question.type == "file" for question in asked):
        drop_unused(response)
    return _saved(response, section, taken, shown, outcome_of(response, now))


def _saved(
    response: Response,
    section: Section,
    taken: Mapping[str, Taken],
    shown: Collection[str] | None,
    outcome: Outcome,
) -> SavedPage:
    here = names_on(section)
    unread = {n: one.error for n, one in taken.items() if one.error and n in outcome.visible}
    kept = {name: error for name, error in outcome.errors.items() if name in here}
    unseen = outcome.visible - set(here if shown is None else shown)
    return SavedPage(
        response=response,
        outcome=outcome,
        errors={name: e for name, e in {**kept, **unread}.items() if name in taken},
        masked=tuple(q for q in section.answerable if q.name in taken and taken[q.name].redacted),
        brought=tuple(q for q in pieces_of(section) if q.name in unseen),
        shows_errors=all(n in kept and kept[n].code == e.code for n, e in unread.items()),
    )


def submit(
    response: Response, lang: str, now: datetime, *, invitation_id: int | None = None
) -> Response:
    """Sends what is being written, or its correction; sending it again changes nothing.

    Only the answers of visible questions are sent, with calculated and hidden values. Where people
    are invited, the invitation is used up in the same transaction. Raises
    ``ConsultationClosedError``, ``ConsultationNotOpenError``, ``AnswersIncompleteError``,
    ``NothingAnsweredError``, ``InvitationNeededError`` or ``InvitationSpentError``.
    """
    if response.draft is None:
        return response
    require_open(response.consultation, now, response.started_at, channel=response.channel)
    outcome = outcome_of(response, now)
    if pages := pages_of(response, outcome):
        raise AnswersIncompleteError(min(pages))
    if not any(name in outcome.visible for name in outcome.answers):
        raise NothingAnsweredError()
    if needs_invitation(response):
        spend(response.consultation, invitation_id, now)
    _send(response, outcome.answers, lang, now)
    db.session.flush()
    drop_unused(response)
    return response


def begin_correction(response: Response, now: datetime) -> None:
    """Copies what was sent for the person to change; what was sent counts until they send again.

    Raises ``ConsultationClosedError`` or ``ConsultationNotOpenError``.
    """
    require_open(response.consultation, now)
    if response.draft is None:
        response.draft = dict(response.answers)
        response.updated_at = now
        db.session.flush()


def abandon_correction(response: Response, now: datetime) -> None:
    """Leaves what was sent as it is, and drops the changes that were not sent."""
    if response.is_submitted and response.draft is not None:
        response.draft, response.updated_at = None, now
        db.session.flush()
        drop_unused(response)


@dataclass(frozen=True)
class FilledQuestionnaire:
    """A response given elsewhere; ``answers`` by question name, as ``Question.normalise`` reads."""

    answers: Mapping[str, object]
    lang: str
    submitted_at: datetime
    channel: Channel = Channel.WEB


def record_all(consultation: Consultation, filled: Iterable[FilledQuestionnaire]) -> int:
    """Records responses given elsewhere, whatever the time; returns how many.

    Answers of questions that the others hide are left out. Raises ``AnswerError`` at the first
    answer that breaks a rule.
    """
    version = current_version(consultation)
    responses = [_record(consultation, version, one) for one in filled]
    db.session.add_all(responses)
    db.session.flush()
    return len(responses)


def _record(
    consultation: Consultation, version: QuestionnaireVersion, filled: FilledQuestionnaire
) -> Response:
    now = filled.submitted_at
    questions = version.questionnaire.questions
    taken = {q.name: take(q, filled.answers.get(q.name)) for q in questions}
    answers = answered({name: one.answer for name, one in taken.items()})
    outcome = outcome_with(version, answers, now)
    unread = {n: one.error for n, one in taken.items() if one.error and n in outcome.visible}
    for error in {**outcome.errors, **unread}.values():
        raise error
    response = Response(
        consultation=consultation,
        version=version,
        receipt_code=new_receipt_code(),
        channel=filled.channel,
        started_at=now,
    )
    _send(response, outcome.answers, filled.lang, now)
    return response


def require_open(
    consultation: Consultation,
    now: datetime,
    began_at: datetime | None = None,
    *,
    channel: Channel = Channel.WEB,
) -> None:
    """Raises an error unless answers are taken at ``now`` from someone who began at ``began_at``.

    Those who began before the closing have until ``last_call``; what came on paper can be entered
    until the results are published.
    """
    state = consultation.state(now)
    if not consultation.published_at or consultation.held_elsewhere:
        raise ConsultationNotOpenError()
    if state is ConsultationState.COMING:
        raise ConsultationNotOpenError()
    if channel is Channel.PAPER and consultation.results_published_at is None:
        return
    began = began_at is not None and began_at < consultation.closes_at
    if state is ConsultationState.CLOSED and not (began and now < consultation.last_call):
        raise ConsultationClosedError()


def takes_answers(
    consultation: Consultation,
    now: datetime,
    began_at: datetime | None = None,
    *,
    channel: Channel = Channel.WEB,
) -> bool:
    """True when ``require_open`` raises nothing."""
    try:
        require_open(consultation, now, began_at, channel=channel)
    except (ConsultationClosedError, ConsultationNotOpenError):
        return False
    return True


def _begin(consultation: Consultation, beginning: Beginning, lang: str, now: datetime) -> Response:
    version = current_version(consultation)
    response = Response(
        consultation=consultation,
        version=version,
        draft=hidden_codes(version, beginning.codes),
        receipt_code=new_receipt_code(),
        lang=lang,
        channel=beginning.channel,
        entered_by=beginning.entered_by,
        browser_mark=beginning.browser_mark,
        started_at=beginning.opened_at or now,
    )
    db.session.add(response)
    db.session.flush()
    return response


def _take_or_attach(response: Response, question: Question, raw: object, now: datetime) -> Taken:
    """An answer as ``take`` keeps it; bytes are a file, and a refused one changes nothing."""
    if not isinstance(raw, bytes):
        return take(question, raw)
    try:
        return Taken(str(attach(response, question, raw, now).public_id))
    except FileRefusedError as error:
        return Taken(response.current.get(question.name), AnswerError(f"file_{error.reason}"))


def _send(response: Response, answers: Mapping[str, Answer], lang: str, now: datetime) -> None:
    if response.is_submitted:
        response.corrected_at = now
    else:
        response.state, response.submitted_at = ResponseState.SUBMITTED, now
    response.answers, response.draft = answered(answers), None
    response.lang, response.updated_at = lang, now
