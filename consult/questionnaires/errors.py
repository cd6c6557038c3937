"""What can be wrong with an answer or with a definition: a code and its figures, no words.

The words belong to the pages, which speak two languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


class AnswerError(ValueError):
    """An answer that cannot be taken.

    ``code`` is one of these; ``params`` holds what is in brackets:

    'required', 'constraint' (the words are the question's), 'wrong_type', 'unknown_choice',
    'too_long' (``max``, ``length``), 'not_integer', 'not_decimal', 'too_small' (``min``),
    'too_large' (``max``), 'not_a_date', 'too_early' (``min``), 'too_late' (``max``), 'not_a_time',
    'too_few' (``min``, ``count``), 'too_many' (``max``, ``count``), 'not_alone' (``choice``),
    'ranked_twice', 'unknown_municipality', 'several_municipalities', 'not_a_postal_code'.
    """

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a definition; ``path`` reads like 'sections[0].questions[2].label'."""

    path: str
    code: str
    params: dict[str, str] = field(default_factory=dict)


class DefinitionError(ValueError):
    """A definition that cannot be read; ``problems`` lists everything found, in its order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.path}: {p.code}" for p in problems))
        self.problems = tuple(problems)
