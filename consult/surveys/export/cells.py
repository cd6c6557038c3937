"""What stands in a cell: codes or words, and never a formula."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from consult.questionnaires import Answer
from consult.questionnaires.municipalities import municipality_name
from consult.spreadsheet_cells import formula_safe
from consult.surveys.export.questions import AskedQuestion

#: Answers of one response, by question name.
Answers = Mapping[str, Answer]
Cell = str | int | None

#: What becomes of an answer on its way to a file; it is given none that is None.
Change = Callable[[Answer], Answer]

#: Between the choices of one cell; no name holds it.
SEPARATOR = "|"


def in_words(asked: AskedQuestion, lang: str | None) -> Change | None:
    """What makes words of an answer to this question; None when it stays as it is kept.

    Args:
        lang: the language of the words; None for codes.
    """
    if lang is None:
        return None
    if asked.question.type == "municipality":
        return lambda answer: municipality_name(str(answer))
    words = {option.name: option.label.in_language(lang) for option in asked.options}
    if not words:
        return None

    def worded(answer: Answer) -> Answer:
        if isinstance(answer, list):
            return [words.get(code, code) for code in answer]
        return words.get(str(answer), str(answer))

    return worded


def in_one_cell(answer: Answer) -> Answer:
    return SEPARATOR.join(answer) if isinstance(answer, list) else answer


def safe_cell(answer: Answer) -> Answer:
    return formula_safe(answer) if isinstance(answer, str) else answer


def one_after_the_other(changes: Iterable[Change | None]) -> Change | None:
    """The changes of an answer as one; None when there are none."""
    steps = [change for change in changes if change]
    if len(steps) < 2:
        return steps[0] if steps else None

    def changed(answer: Answer) -> Answer:
        for step in steps:
            answer = step(answer)
        return answer

    return changed


def reader(
    names: Sequence[str], changes: Sequence[Change | None]
) -> Callable[[Answers], list[Any]]:
    """How to read the answers to some questions, each changed in its way; None when not answered.

    ``names`` are the questions', any of them more than once.
    """
    to_change = [(place, change) for place, change in enumerate(changes) if change]

    def read(answers: Answers) -> list[Any]:
        cells: list[Any] = [*map(answers.get, names)]
        for place, change in to_change:
            if (answer := cells[place]) is not None:
                cells[place] = change(answer)
        return cells

    return read
