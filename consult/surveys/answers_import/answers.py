"""Cells of a line read as the answer to a question: codes, or words in either language."""

from collections.abc import Sequence

from consult.privacy.redaction import redact
from consult.privacy.text import clean_text, without_control_characters
from consult.question_pages.safe_answers import Taken, take
from consult.questionnaires import Question
from consult.spreadsheet_cells import without_mark
from consult.surveys.answers_import.layout import QuestionCells
from consult.surveys.export.cells import SEPARATOR
from consult.surveys.export.columns import LISTS

TICKED = frozenset({"1", "1.0", "x", "yes", "oui", "true", "vrai"})
NOT_TICKED = frozenset({"0", "0.0", "no", "non", "false", "faux"})

#: Distinct answers to a closed question that are read once only.
REMEMBERED = 2_000


class NotATickError(ValueError):
    """A choice's cell says neither yes nor no; ``place`` is the cell's."""

    def __init__(self, place: int) -> None:
        super().__init__("not a tick")
        self.place = place


class AnswerReader:
    """Reads the answer to one question in the lines of a file."""

    def __init__(self, question: Question, cells: QuestionCells) -> None:
        self.question = question
        self.cells = cells
        self._codes = _codes_of(question)
        self._taken: dict[str, Taken] = {}

    @property
    def place(self) -> int:
        """The cell to name when the answer cannot be taken."""
        return min(self.cells.parts.values()) if self.cells.whole is None else self.cells.whole

    def read(self, line: Sequence[str]) -> Taken:
        """The answer that stands in a line, checked and safe to keep; None when blank.

        A rule that asks for an answer is not looked at: what was not answered elsewhere stays so.
        Raises ``NotATickError``.
        """
        whole = "" if self.cells.whole is None else line[self.cells.whole].strip()
        if not whole:
            raw = self._from_parts(line)
            return Taken(None) if raw is None else take(self.question, raw)
        if self.question.is_open:
            return take(self.question, without_control_characters(without_mark(whole)))
        if whole not in self._taken:
            if len(self._taken) >= REMEMBERED:
                self._taken.clear()
            self._taken[whole] = self._take_closed(without_mark(whole))
        return self._taken[whole]

    def _take_closed(self, text: str) -> Taken:
        if self.question.type == "calculated":  # it may be made of people's own words
            return take(self.question, safe_words(text))
        if self.question.type in LISTS:
            return take(self.question, [self._code(part) for part in text.split(SEPARATOR)])
        return take(self.question, self._code(text))

    def _from_parts(self, line: Sequence[str]) -> list[str] | None:
        """The choices ticked, or ranked, each in a cell of its own; None when all are blank."""
        found = {part: line[place].strip() for part, place in self.cells.parts.items()}
        if not any(found.values()):
            return None
        if self.question.type == "ranking":
            places = sorted(found, key=int)
            return [self._code(found[place]) for place in places if found[place]]
        return [choice for choice in found if self._is_ticked(choice, found[choice])]

    def _is_ticked(self, choice: str, text: str) -> bool:
        word = _folded(text)
        if not word or word in NOT_TICKED:
            return False
        if word in TICKED or self._code(text) == choice:
            return True
        raise NotATickError(self.cells.parts[choice])

    def _code(self, text: str) -> str:
        """The name of the choice that a code or a label means; the text itself when none does."""
        folded = _folded(text)
        return self._codes.get(folded) or self._codes.get(folded.removesuffix(".0")) or text


def _codes_of(question: Question) -> dict[str, str]:
    """Names and labels of the choices, folded, to names; a label that two have means neither."""
    codes: dict[str, str] = {}
    for option in question.options:
        for lang in ("fr", "en"):
            label = _folded(option.label.in_language(lang))
            codes[label] = "" if codes.get(label, option.name) != option.name else option.name
    return codes | {option.name: option.name for option in question.options}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def safe_words(text: str) -> str:
    """People's own words, cleaned and redacted."""
    return redact(clean_text(without_control_characters(text))).text
