"""What comes of reading a file: a questionnaire and what it lost, or every reason to refuse it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from consult.questionnaires.definition import Questionnaire


class Place(NamedTuple):
    """Where something stands in a file; ``row`` counts from 1 as spreadsheets do, 0 when none."""

    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Loss:
    """Something of the file that the questionnaire does not have. ``kind`` is one of these:

    questions: 'question_type' (``type``), 'metadata' (``type``), 'other_file' (``type``), 'loop',
    'no_type', 'no_list', 'no_whole', 'disabled', 'hidden';
    rules and texts: 'function' (``name``, ``rule``), 'reference' (``name``, ``rule``),
    'ambiguous_choice' (``name``, ``rule``), 'rule' (``rule``), 'text_reference' (``name``);
    ways of asking: 'asked_once', 'time_of_day', 'value' (``value``);
    whole parts: 'column' (``count``), 'language' (``language``, ``count``), 'sheet', 'setting'
    (``value``), 'unused_list' (``name``), 'empty_page', 'formula', 'markup'.
    """

    place: Place
    kind: str
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
    """One reason to refuse a file, with what is in brackets; ``code`` is a ``Problem``'s, or:

    the file: 'unknown_kind', 'unreadable', 'too_large' (``max``, in megabytes), 'doctype',
    'too_many_rows' (``max``), 'too_many_columns' (``max``), 'cell_too_long' (``max``), 'not_utf8',
    'no_questions', 'not_limesurvey', 'no_language';
    a sheet: 'no_survey_sheet', 'duplicate_sheet', 'no_column' (``name``),
    'duplicate_column' (``name``);
    a row: 'missing_name', 'unknown_type' (``type``), 'unknown_list' (``name``),
    'duplicate_choice' (``name``), 'ambiguous_name' (``name``), 'group_not_open',
    'group_not_closed', 'nested_too_deep' (``max``), 'no_calculation', 'rule_too_long',
    'too_many_choices' (``max``), 'not_carried' (``type``: nothing else is asked).
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
    def because(cls, code: str, place: Place | None = None, **params: str) -> "ImportRefusedError":
        """For one reason."""
        return cls([Fault(place or Place(), code, params)])
