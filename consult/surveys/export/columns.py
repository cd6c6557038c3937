"""The columns of a table of answers: the same ones whatever the route, in the same order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from consult.questionnaires import Answer, Choice
from consult.surveys.export.cells import (
    Answers,
    Change,
    in_one_cell,
    in_words,
    one_after_the_other,
    reader,
    safe_cell,
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


def table_reader(
    columns: Sequence[Column], lang: str | None, *, formula_proof: bool
) -> Callable[[Answers], list[Any]]:
    """How to read the cells of these columns in the answers of a response.

    Args:
        lang: the language of the words; None for codes.
        formula_proof: for files whose cells a spreadsheet would run.
    """
    names = [column.asked.name for column in columns]
    changes = [_change(column, lang, formula_proof=formula_proof) for column in columns]
    return reader(names, changes)


def _change(column: Column, lang: str | None, *, formula_proof: bool) -> Change | None:
    asked = column.asked
    if column.choice:
        return _chosen(column.choice.name)
    holds_codes = lang is None and asked.options
    part = in_one_cell if asked.question.type in LISTS else None
    return one_after_the_other(
        [
            in_words(asked, lang),
            _ranked(column.place) if column.place else part,
            safe_cell if formula_proof and not holds_codes else None,
        ]
    )


def _chosen(choice: str) -> Change:
    return lambda answer: 1 if isinstance(answer, list) and choice in answer else 0


def _ranked(place: int) -> Change:
    def ranked(answer: Answer) -> Answer:
        return answer[place - 1] if isinstance(answer, list) and len(answer) >= place else None

    return ranked
