"""Which column of a file holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consult.surveys.answers_import.errors import LineProblem, Problems
from consult.surveys.export.columns import EXPERIENCE_COMMENT, FIXED, columns_of
from consult.surveys.export.questions import AskedQuestion

HEADER_LINE = 1


@dataclass
class QuestionCells:
    """Where an answer stands in a line: in one cell, or in those of its choices or places.

    ``parts`` are choice names, or places as text, with their cell.
    """

    whole: int | None = None
    parts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """The place in a line of each fixed column, of each question; and the columns left out."""

    header: Sequence[str]
    fixed: Mapping[str, int]
    questions: Mapping[str, QuestionCells]
    left_out: Sequence[str]


def layout_of(
    header: Sequence[str],
    questions: Sequence[AskedQuestion],
    mapping: Mapping[str, str],
    *,
    ignore_unknown: bool,
) -> Layout:
    """Matches the header with the columns of an export; ``mapping`` renames those of the file.

    Columns of attached files, and with ``ignore_unknown`` those that match nothing, are left out.
    Raises ``TableRefusedError`` with every column at fault.
    """
    problems = Problems()
    for column, target in mapping.items():
        if column not in header:
            problems.add(LineProblem(HEADER_LINE, column, "bad_mapping", f"{column} = {target}"))
    known = _names(questions)
    places: dict[str, int] = {}
    left_out = []
    for place, column in enumerate(header):
        target = mapping.get(column, column)
        is_renamed = column in mapping
        if target in places:
            problems.add(LineProblem(HEADER_LINE, column, "same_column", target))
        elif known.get(target):
            places[target] = place
        elif not target or target in known or (ignore_unknown and not is_renamed):
            left_out.append(column)
        else:
            code = "unknown_target" if is_renamed else "unknown_column"
            problems.add(LineProblem(HEADER_LINE, column, code, target))
    problems.refuse()
    return _laid_out(header, places, left_out)


def _names(questions: Sequence[AskedQuestion]) -> dict[str, bool]:
    """Every column of an export, and whether it can come in: attached files cannot."""
    own = {c.name: c.asked.question.type != "file" for c in columns_of(questions)}
    return dict.fromkeys((*FIXED, EXPERIENCE_COMMENT), True) | own


def _laid_out(header: Sequence[str], places: Mapping[str, int], left_out: Sequence[str]) -> Layout:
    questions: dict[str, QuestionCells] = {}
    for target, place in places.items():
        name, _, part = target.partition(".")
        if target.startswith("_"):
            continue
        cells = questions.setdefault(name, QuestionCells())
        if part:
            cells.parts[part] = place
        else:
            cells.whole = place
    fixed = {target: place for target, place in places.items() if target.startswith("_")}
    return Layout(header, fixed, questions, left_out)
