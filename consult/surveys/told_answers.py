"""A section's answers as a page lists them: a line per question, the rows of a matrix together."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from consult.question_pages import PageContext
from consult.question_pages.context import ReceivedFile
from consult.questionnaires import Answer, Question, Section
from consult.questionnaires.types import Matrix


class ToldAnswer(NamedTuple):
    """A question and its answer in words; ``name`` is that of its first field."""

    name: str
    question: str
    answer: str
    upload: ReceivedFile | None = None


def told_answers(
    section: Section, answers: Mapping[str, Answer], lang: str, context: PageContext | None = None
) -> list[ToldAnswer]:
    """Each question of the section that takes an answer, in order.

    With a ``context``, only the visible ones, with earlier answers told in their labels.
    """
    return [
        _told(question, answers, lang, context)
        for question in _listed(section)
        if context is None or question.name in context.outcome.visible
    ]


def _listed(section: Section) -> Iterator[Question]:
    for question in section.questions:
        if isinstance(question, Matrix):
            yield question
        else:
            yield from (part for part in question.answerable if part.is_shown)


def _told(
    question: Question, answers: Mapping[str, Answer], lang: str, context: PageContext | None
) -> ToldAnswer:
    if not isinstance(question, Matrix):
        words = _words(question, answers, lang)
        upload = context.upload(question) if context else None
        return ToldAnswer(question.name, _label(question, lang, context), words, upload)
    rows = [
        str(
            _(
                "%(question)s: %(answer)s",
                question=_label(row, lang, context),
                answer=_words(row, answers, lang),
            )
        )
        for row in question.parts
    ]
    return ToldAnswer(question.parts[0].name, _label(question, lang, context), "\n".join(rows))


def _label(question: Question, lang: str, context: PageContext | None) -> str:
    label = question.label.in_language(lang)
    return context.piped(label, lang) if context else label


def _words(question: Question, answers: Mapping[str, Answer], lang: str) -> str:
    """The answer's lines, numbered in a ranking; of a file, only that there is one."""
    answer = answers.get(question.name)
    lines = question.in_words(answer, lang)
    if question.type == "ranking":
        lines = tuple(f"{rank}. {line}" for rank, line in enumerate(lines, 1))
    if question.type == "file" and lines:
        return str(_("A file"))
    return "\n".join(lines) or str(_("No answer"))
