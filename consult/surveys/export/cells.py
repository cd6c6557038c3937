"""What stands in a cell: codes or words, and never a formula."""

import re
from collections.abc import Callable, Mapping

from consult.questionnaires import Answer
from consult.questionnaires.municipalities import municipality_name
from consult.surveys.export.questions import AskedQuestion

#: Answers of one response, by question name.
Answers = Mapping[str, Answer]
Cell = str | int | None

#: Between the choices of one cell; no name holds it.
SEPARATOR = "|"

#: What a spreadsheet may take for a formula, and what could be mistaken for our own mark.
#: Source: OWASP, CSV Injection.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_MARKED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


def formula_safe(text: str) -> str:
    """The text, after an apostrophe when a spreadsheet could run it; numbers stay numbers."""
    if _FORMULA.match(text) and not _NUMBER.match(text):
        return f"'{text}"
    return text


def always_safe(text: str) -> str:
    """The same, numbers included."""
    return f"'{text}" if _FORMULA.match(text) else text


def without_mark(text: str) -> str:
    """What ``formula_safe`` was given."""
    return text[1:] if _MARKED.match(text) else text


def value_reader(asked: AskedQuestion, lang: str | None) -> Callable[[Answers], Answer]:
    """How to read one question's answer in those of a response.

    Args:
        lang: the language of the words; None for codes.
    """
    name = asked.name
    if lang is None:
        return lambda answers: answers.get(name)
    if asked.question.type == "municipality":
        return lambda answers: _each(answers.get(name), municipality_name)
    words = {option.name: option.label.in_language(lang) for option in asked.options}
    if not words:
        return lambda answers: answers.get(name)
    return lambda answers: _each(answers.get(name), lambda code: words.get(code, code))


def _each(answer: Answer, worded: Callable[[str], str]) -> Answer:
    if answer is None:
        return None
    if isinstance(answer, list):
        return [worded(code) for code in answer]
    return worded(str(answer))


def in_one_cell(answer: Answer) -> Cell:
    return SEPARATOR.join(answer) if isinstance(answer, list) else answer


def safe_reader(read: Callable[[Answers], Cell]) -> Callable[[Answers], Cell]:
    """The same cells, formula-safe."""

    def safe(answers: Answers) -> Cell:
        cell = read(answers)
        return formula_safe(cell) if isinstance(cell, str) else cell

    return safe
