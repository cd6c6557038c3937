"""Answers, question sets, channels and signals in words."""

from collections.abc import Iterator
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.feedback import queries
from consult.feedback.models import FeedbackItem
from consult.feedback.question_sets import READY, QuestionSet
from consult.feedback.question_sets.sets import COMMENT
from consult.i18n import current_lang
from consult.organizations.models import Service
from consult.questionnaires import Question
from consult.questionnaires.types import Matrix

#: What made an item be held, by the name of the signal.
SIGNALS: dict[str, LazyString] = {
    "honeypot": _l("A field that people do not see was filled in, as programs do."),
    "fast": _l("The words were sent sooner than anyone can write them."),
    "repeated": _l("The same long text came in again and again within an hour."),
    "links": _l("The comment is a link, or holds several."),
}


class Told(NamedTuple):
    """A question and its answer, in words."""

    question: str
    answer: str


def set_words(name: str) -> str:
    """The name of a question set, as the team chose it."""
    if name in READY:
        return READY[name].title.in_language(current_lang())
    number = name.rpartition("-")[2]
    return str(_l("Our own questions, version %(number)s", number=number))


def signal_words(name: str) -> str:
    """Why an item was held; one that is not known here keeps its name."""
    return str(SIGNALS.get(name, name))


class Teller:
    """Tells the answers of a service's items in ``lang``; each set of questions is read once."""

    def __init__(self, service: Service, lang: str) -> None:
        self._service, self._lang = service, lang
        self._sets: dict[str, QuestionSet | None] = {}

    def asked(self, name: str) -> QuestionSet | None:
        if name not in self._sets:
            self._sets[name] = queries.question_set_of(self._service, name)
        return self._sets[name]

    def told(self, item: FeedbackItem) -> list[Told]:
        """Each answer of an item but its comment, in the words it was asked with.

        An answer to a question that is not known any more is told by its codes.
        """
        found = []
        answers = dict(item.answers)
        asked = self.asked(item.question_set)
        for label, question in self._questions(asked) if asked else ():
            answer = answers.pop(question.name, None)
            if answer is not None:
                found.append(Told(label, ", ".join(question.in_words(answer, self._lang))))
        for name, answer in answers.items():
            parts = answer if isinstance(answer, list) else [answer]
            found.append(Told(name, ", ".join(map(str, parts))))
        return found

    def choices(self, name: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each question of a set that has choices: its label, "question.code" and words."""
        asked = self.asked(name)
        return [
            (
                label,
                [
                    (f"{question.name}.{option.name}", option.label.in_language(self._lang))
                    for option in question.options
                ],
            )
            for label, question in (self._questions(asked) if asked else ())
            if question.options
        ]

    def _questions(self, asked: QuestionSet) -> Iterator[tuple[str, Question]]:
        for question in asked.section.questions:
            label = question.label.in_language(self._lang)
            for part in question.answerable:
                if part.name == COMMENT:
                    continue
                words = part.label.in_language(self._lang)
                if isinstance(question, Matrix):
                    words = f"{label} – {words}"
                yield words, part
