"""Takes feedback in, once and only once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from consult.config import QUEBEC_TIME
from consult.db import db
from consult.feedback import queries, spam
from consult.feedback.checks import CHECKS, FieldError
from consult.feedback.errors import FeedbackRefusedError, Message
from consult.feedback.models import FeedbackItem, Review
from consult.feedback.queries import Served
from consult.feedback.question_sets import QuestionSet
from consult.feedback.services.contact import keep_contact, taken_contact
from consult.feedback.services.webhooks import announce_item
from consult.organizations.models import Service
from consult.privacy.redaction import MARKERS
from consult.question_pages.messages import answer_message
from consult.question_pages.safe_answers import take
from consult.questionnaires import Answer


@dataclass(frozen=True)
class Submission:
    """Feedback as it came: nothing in it is believed before it is checked.

    ``answers`` are by question name, ``question_set`` names what was asked (the service's settings
    say it when it does not). ``contact`` is the e-mail address of who wants an answer; it is left
    unread where the service asks for none. ``submitted_at`` is only for feedback given earlier,
    elsewhere (an import, a demonstration). ``website`` and ``seconds`` only serve to tell machines
    from people (``consult.feedback.spam``). ``strict``: an answer to a question that the set does
    not have is refused; else it is left out.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    question_set: object = None
    lang: object = "fr"
    page: object = None
    reference: object = None
    idempotency_key: object = None
    segment: object = None
    channel: object = "widget"
    website: object = None
    seconds: object = None
    submitted_at: datetime | None = None
    strict: bool = False
    contact: object = None


class Recorded(NamedTuple):
    """The stored item, and whether this call stored it."""

    item: FeedbackItem
    is_new: bool

    @property
    def is_masked(self) -> bool:
        """True when markers stand for what looked like personal information in the comment."""
        return any(marker in self.item.comment for marker in MARKERS.values())


#: What was checked and does not stand in the table of items.
BESIDE = ("website", "seconds", "contact")


#: Finds the questions of a service by their name; those of its settings when there is none.
FindSet = Callable[[str | None], QuestionSet | None]


def checked(
    service: Service | Served, submission: Submission, now: datetime, find: FindSet | None = None
) -> dict[str, Any]:
    """The columns of an item, from what was sent, and what stands ``BESIDE`` them.

    ``find`` is where the questions come from, when they are not to be read again for each item.

    Raises:
        FeedbackRefusedError: with all that has to be mended.
    """
    values: dict[str, Any] = {}
    refused: dict[str, Message] = {}
    for name, check in CHECKS.items():
        try:
            values[name] = check(getattr(submission, name))
        except FieldError as error:
            refused[name] = error.message
    try:
        values["contact"] = taken_contact(service, submission.contact)
    except FieldError as error:
        refused["contact"] = error.message
    asked = None
    if "question_set" not in refused:
        find = find or partial(queries.question_set_of, service)
        asked = find(values["question_set"])
    if asked is None:
        refused["question_set"] = _l("These questions are not known here. Reload the page.")
        raise FeedbackRefusedError(refused)
    answers, faults = _answers(asked, submission.answers, now)
    refused |= faults
    if submission.strict:
        refused |= _unknown(asked, submission.answers)
    if not refused and not answers:
        first = asked.section.answerable[0].name
        refused[first] = _l("Answer a question, or write a comment.")
    if refused:
        raise FeedbackRefusedError(refused)
    rating, comment = asked.rating_of(answers), str(answers.pop("comment", ""))
    return values | {
        "question_set": asked.name,
        "rating": rating,
        "comment": comment,
        "words_mark": spam.words_mark(comment),
        "answers": answers,
        "submitted_at": submission.submitted_at or now,
    }


def _unknown(asked: QuestionSet, sent: Mapping[str, object]) -> dict[str, Message]:
    """A message for each answer to a question that was not asked."""
    known = [question.name for question in asked.section.answerable]
    names = ", ".join(known)
    message = _l("No question has this name. The names are: %(names)s.", names=names)
    return {name: message for name in sent if name not in known}


def _answers(
    asked: QuestionSet, sent: Mapping[str, object], now: datetime
) -> tuple[dict[str, Answer], dict[str, Message]]:
    """Answers made safe, those to questions that were not asked left out; and what is wrong."""
    answers: dict[str, Answer] = {}
    refused: dict[str, Message] = {}
    for question in asked.section.answerable:
        taken = take(question, sent.get(question.name))
        if taken.answer is not None:
            answers[question.name] = taken.answer
        if taken.error and not (asked.has_logic and taken.error.code == "required"):
            refused[question.name] = answer_message(question, taken.error)
    if asked.has_logic:
        outcome = asked.outcome(answers, now.astimezone(ZoneInfo(QUEBEC_TIME)).date())
        refused = {name: words for name, words in refused.items() if name in outcome.visible}
        for question in asked.section.answerable:
            if question.name in outcome.errors.keys() - refused.keys():
                refused[question.name] = answer_message(question, outcome.errors[question.name])
        answers = outcome.answers
    return {name: answer for name, answer in answers.items() if answer is not None}, refused


def record(service: Service | Served, submission: Submission, now: datetime) -> Recorded:
    """Stores feedback for a service, or finds what the same idempotency key stored before.

    Two senders racing with one key both get the one row: the table's constraint decides.

    Raises:
        FeedbackRefusedError: some fields cannot be taken, or the key stored something else;
            nothing is stored.
    """
    values = checked(service, submission, now)
    beside = {name: values.pop(name) for name in BESIDE}
    if known := stored(service, values):
        return known
    review = _review(service, values, beside, now)
    item = FeedbackItem(service_id=service.id, **values, **review)
    try:
        with db.session.begin_nested():
            db.session.add(item)
            if beside["contact"]:
                keep_contact(item, beside["contact"], now)
    except IntegrityError:
        known = stored(service, values)
        if known is None:
            raise
        return known
    announce_item(item, now)
    return Recorded(item, is_new=True)


def _review(
    service: Service | Served, values: Mapping[str, Any], beside: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Whether an item counts at once or is held, and why. Asks the database for long words only."""
    repeats = 0
    if values["words_mark"] is not None:
        since = now - spam.REPEAT_WINDOW
        repeats = queries.repeats(service, values["words_mark"], since, spam.MOST_REPEATS)
    found = spam.signals(values["comment"], beside["website"], beside["seconds"], repeats)
    return {"review": Review.HELD if found else Review.CLEAR, "signals": found}


class RowMaker:
    """Makes the columns of each item of a batch; each set of questions is read once.

    For what others vouch for: no signal is looked for.
    """

    def __init__(self, service: Service, now: datetime) -> None:
        self._service, self._now = service, now
        self._find: FindSet = cache(partial(queries.question_set_of, service))

    def row(self, submission: Submission) -> dict[str, Any]:
        """The columns of one item.

        Raises:
            FeedbackRefusedError: it cannot be taken.
        """
        values = checked(self._service, submission, self._now, self._find)
        return {name: value for name, value in values.items() if name not in BESIDE}


#: The columns that say what a person said: a key stands for these, once.
SAID = ("question_set", "rating", "comment", "answers")


def stored(service: Service | Served, values: dict[str, Any]) -> Recorded | None:
    """What the key of ``values`` stored; other words under the same key are never dropped."""
    item = queries.item_by_key(service, values["idempotency_key"])
    if item is None:
        return None
    if any(getattr(item, name) != values[name] for name in SAID):
        message = _l(
            "A first version of your feedback was already received. Send again to add this one."
        )
        raise FeedbackRefusedError({"idempotency_key": message})
    return Recorded(item, is_new=False)


def record_all(service: Service, submissions: Iterable[Submission], now: datetime) -> int:
    """Stores a batch in one statement, leaving out keys already stored; returns how many were new.

    A batch holds what was said elsewhere: no contact is kept of it.

    Raises:
        FeedbackRefusedError: one of them cannot be taken; nothing is stored.
    """
    maker = RowMaker(service, now)
    by_key = {row["idempotency_key"]: row for row in map(maker.row, submissions)}
    for key in queries.known_keys(service, by_key):
        del by_key[key]
    if by_key:
        rows = [{"service_id": service.id, **row} for row in by_key.values()]
        db.session.execute(insert(FeedbackItem), rows)
    return len(by_key)
