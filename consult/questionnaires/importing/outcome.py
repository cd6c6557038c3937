"""What comes of reading a file: a questionnaire and what it lost, or every reason to refuse it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from consult.questionnaires.definition import Questionnaire

LossKind = Literal[
    "question_type", "metadata", "other_file", "loop", "hidden", "no_type", "no_list", "no_whole",
    "disabled", "function", "reference", "ambiguous_choice", "rule", "text_reference",
    "asked_once", "time_of_day", "value", "column", "language", "sheet", "setting", "unused_list",
    "empty_page", "formula", "markup",
]  # fmt: skip

#: Why a file is refused, besides the codes of a definition's problems.
FaultCode = Literal[
    "unknown_kind", "unreadable", "too_large", "doctype", "too_many_rows", "too_many_columns",
    "too_many_choices", "cell_too_long", "not_utf8", "no_questions", "not_carried",
    "not_limesurvey", "no_language", "no_survey_sheet", "duplicate_sheet", "no_column",
    "duplicate_column", "missing_name", "unknown_type", "unknown_list", "duplicate_choice",
    "ambiguous_name", "group_not_open", "group_not_closed", "nested_too_deep", "no_calculation",
    "rule_too_long", "wrong_value",
]  # fmt: skip


class Place(NamedTuple):
    """Where something stands in a file; ``row`` counts from 1 as spreadsheets do, 0 when none."""

    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Loss:
    """Something of the file that the questionnaire does not have. In brackets, its ``params``.

    Questions: 'question_type', 'metadata', 'other_file', 'loop', 'hidden' (``type``, ``name``, and
    its label as ``fr`` and ``en``); rows: 'no_type' (``label``), 'no_list', 'no_whole', 'disabled'
    (``name``). Rules and texts: 'function', 'reference', 'ambiguous_choice', 'rule' (``name``,
    ``rule``), 'text_reference' (``name``). Ways of asking: 'asked_once', 'time_of_day' (``name``),
    'value' (``value``). Whole parts: 'column' (``count``), 'language' (``language``, ``count``),
    'sheet', 'setting' (``value``), 'unused_list' (``name``), 'empty_page'. In a cell: 'formula',
    'markup'.
    """

    place: Place
    kind: LossKind
    params: dict[str, str] = field(default_factory=dict)


class Renamed(NamedTuple):
    """A name that ours do not allow, and the one it got; what speaks of it says the new one."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True)
class Import:
    """A questionnaire that was read; ``rows`` are the places of all that it carries."""

    questionnaire: Questionnaire
    losses: tuple[Loss, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    rows: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Fault:
    """One reason to refuse a file: a ``FaultCode``, or the code of a definition's ``Problem``.

    ``params`` are ``max`` for what is too large, long or many, ``name`` or ``type`` for what bears
    one, or those of the problem.
    """

    place: Place
    code: str
    params: dict[str, str] = field(default_factory=dict)


class ImportRefusedError(ValueError):
    """A file that cannot be taken; ``faults`` lists every reason found, in order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)

    @classmethod
    def because(
        cls, code: FaultCode, place: Place | None = None, **params: str
    ) -> "ImportRefusedError":
        """For one reason."""
        return cls([Fault(place or Place(), code, params)])
