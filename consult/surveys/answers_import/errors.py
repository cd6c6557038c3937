"""Why a file of answers is refused: a line, a column, a code; no words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError
from consult.questionnaires import AnswerError, Question


class NotHeldElsewhereError(DomainError):
    status = 409
    code = "not-held-elsewhere"
    message = _l("Answers come from a file only for a consultation that was held elsewhere.")


@dataclass(frozen=True)
class LineProblem:
    """One thing to mend in a file.

    ``line`` is the line of the file as a text editor counts it, 1 for the header, 0 for the whole
    file; ``column`` its name, empty when the line as a whole is at fault. ``error`` and
    ``question`` are there for an answer that cannot be taken; else ``code`` is one of these:

    'not_text', 'not_csv', 'no_row', 'no_questionnaire', 'too_many_cells', 'bad_mapping',
    'unknown_target', 'unknown_column', 'same_column', 'same_id', 'no_such_version',
    'not_in_version', 'not_a_lang', 'not_a_channel', 'not_a_moment', 'not_a_rating', 'not_a_tick'.
    ``value`` is what stands there; it is left out where people write in their own words.
    """

    line: int
    column: str
    code: str
    value: str = ""
    question: Question | None = None
    error: AnswerError | None = None


class TableRefusedError(ValueError):
    """Nothing was written. ``problems`` are the first ones of ``total``, in the file's order."""

    def __init__(self, problems: Sequence[LineProblem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        super().__init__(f"{self.total} problems")


class Problems:
    """Collects problems; keeps the first thousand and counts them all."""

    KEPT = 1_000

    def __init__(self) -> None:
        self._kept: list[LineProblem] = []
        self._total = 0

    def add(self, problem: LineProblem) -> None:
        self._total += 1
        if len(self._kept) < self.KEPT:
            self._kept.append(problem)

    def refuse(self) -> None:
        """Raises ``TableRefusedError`` when there are any."""
        if self._total:
            raise TableRefusedError(self._kept, self._total)
