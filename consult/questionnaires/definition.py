"""A questionnaire: titled sections, one page each, that hold the questions."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from consult.questionnaires.texts import Text
from consult.questionnaires.types import (
    AnyQuestion,
    Expression,
    Name,
    Question,
    refuse_duplicates,
)


class Section(BaseModel):
    """One page of questions; all of it is skipped when ``relevant`` is false."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    title: Text
    intro: Text | None = None
    relevant: Expression = ""
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=300)

    @property
    def answerable(self) -> tuple[Question, ...]:
        """Every question of the page that keeps an answer, rows and "other" included, in order."""
        return tuple(part for question in self.questions for part in question.answerable)


class Questionnaire(BaseModel):
    """The whole; the names of its sections differ, and so do those of its questions.

    Answers are kept by the names of ``questions``. What is only shown (headings, notes, the heading
    of a matrix) stands in ``Section.questions``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    sections: tuple[Section, ...] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _names_differ(self) -> "Questionnaire":
        refuse_duplicates([section.name for section in self.sections])
        declared = [q for section in self.sections for q in section.questions]
        names = [name for q in declared for name in {q.name: 1} | {p.name: 1 for p in q.parts}]
        refuse_duplicates(names)
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question that keeps an answer, rows and the words of "other" included, in order."""
        return tuple(question for section in self.sections for question in section.answerable)

    def question(self, name: str) -> Question | None:
        return next((question for question in self.questions if question.name == name), None)


class MissingText(NamedTuple):
    """A text without one of its sides, or (``stale``) with one older than the other.

    ``path`` is made of names: 'about_you.region.label'.
    """

    path: str
    lang: str
    stale: bool = False


def missing_languages(questionnaire: Questionnaire) -> list[MissingText]:
    """Every text that lacks a side or has a stale one, in order; empty when it speaks both."""
    return [
        MissingText(path, lang, stale=lang not in text.missing)
        for path, text in texts_of(questionnaire)
        for lang in ("fr", "en")
        if lang in text.missing or lang == text.stale
    ]


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """Every text with its path of names, in order."""
    yield "title", questionnaire.title
    for section in questionnaire.sections:
        yield f"{section.name}.title", section.title
        if section.intro:
            yield f"{section.name}.intro", section.intro
        for question in section.questions:
            for place, text in question.texts().items():
                yield f"{section.name}.{question.name}.{place}", text
