"""A questionnaire: titled sections, one page each, that hold the questions."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from consult.questionnaires.texts import Text
from consult.questionnaires.types import AnyQuestion, Name, Question, refuse_duplicates


class Section(BaseModel):
    """One page of questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    title: Text
    intro: Text | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=100)


class Questionnaire(BaseModel):
    """The whole; the names of its sections differ, and so do those of its questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    sections: tuple[Section, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _names_differ(self) -> "Questionnaire":
        refuse_duplicates([section.name for section in self.sections])
        refuse_duplicates([question.name for question in self.questions])
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, name: str) -> Question | None:
        return next((question for question in self.questions if question.name == name), None)


class MissingText(NamedTuple):
    """A text without one of its sides; ``path`` is made of names: 'about_you.region.label'."""

    path: str
    lang: str


def missing_languages(questionnaire: Questionnaire) -> list[MissingText]:
    """Every text that lacks a side, in order; empty when the questionnaire speaks both."""
    return [
        MissingText(path, lang) for path, text in _texts(questionnaire) for lang in text.missing
    ]


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    yield "title", questionnaire.title
    for section in questionnaire.sections:
        yield f"{section.name}.title", section.title
        if section.intro:
            yield f"{section.name}.intro", section.intro
        for question in section.questions:
            for place, text in question.texts().items():
                yield f"{section.name}.{question.name}.{place}", text
