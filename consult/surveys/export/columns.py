"""The columns of a table of answers: the same ones whatever the route, in the same order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from consult.questionnaires import Answer, Choice
from consult.surveys.export.cells import (
    Answers,
    Cell,
    in_one_cell,
    safe_reader,
    value_reader,
)
from consult.surveys.export.questions import AskedQuestion

#: What goes with every response. No question's name begins with an underscore.
FIXED = (
    "_id",
    "_version",
    "_lang",
    "_channel",
    "_submitted_at",
    "_corrected_at",
    "_experience_rating",
)
EXPERIENCE_COMMENT = "_experience_comment"

#: Types of question whose answer is several names.
LISTS = ("several_choices", "ranking")


@dataclass(frozen=True)
class Column:
    """A column of answers: of a question, of one of its choices (1 or 0), of a place in a ranking.

    ``place`` counts from 1.
    """

    asked: AskedQuestion
    choice: Choice | None = None
    place: int | None = None

    @property
    def name(self) -> str:
        """'uses', 'uses.bus', 'priorities.1': no question's or choice's name holds a point."""
        if self.choice:
            return f"{self.asked.name}.{self.choice.name}"
        return f"{self.asked.name}.{self.place}" if self.place else self.asked.name


def columns_of(questions: Sequence[AskedQuestion]) -> tuple[Column, ...]:
    """Every column of these questions, in order."""
    return tuple(column for asked in questions for column in _columns(asked))


def _columns(asked: AskedQuestion) -> Iterator[Column]:
    yield Column(asked)
    if asked.question.type == "several_choices":
        yield from (Column(asked, choice=option) for option in asked.options)
    yield from (Column(asked, place=place) for place in range(1, asked.places + 1))


def cell_reader(
    column: Column, lang: str | None, *, formula_proof: bool
) -> Callable[[Answers], Cell]:
    """How to read a column's cell in the answers of a response; None when not answered.

    Args:
        lang: the language of the words; None for codes.
        formula_proof: for files whose cells a spreadsheet would run.
    """
    asked = column.asked
    if column.choice:
        return _chosen(asked.name, column.choice.name)
    value = value_reader(asked, lang)
    read = cast(Callable[[Answers], Cell], value)
    if column.place:
        read = _ranked(value, column.place)
    elif asked.question.type in LISTS:
        read = _joined(value)
    holds_codes = lang is None and asked.options
    return safe_reader(read) if formula_proof and not holds_codes else read


def _joined(value: Callable[[Answers], Answer]) -> Callable[[Answers], Cell]:
    return lambda answers: in_one_cell(value(answers))


def _chosen(name: str, choice: str) -> Callable[[Answers], Cell]:
    def chosen(answers: Answers) -> Cell:
        answer = answers.get(name)
        return int(choice in answer) if isinstance(answer, list) else None

    return chosen


def _ranked(value: Callable[[Answers], Answer], place: int) -> Callable[[Answers], Cell]:
    def ranked(answers: Answers) -> Cell:
        answer = value(answers)
        return answer[place - 1] if isinstance(answer, list) and len(answer) >= place else None

    return ranked
