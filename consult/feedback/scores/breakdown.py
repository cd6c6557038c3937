"""A measure part by part (language, channel, page, month), the small parts hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consult.feedback.scores.counts import GIVEN, Cell, Counts
from consult.feedback.scores.measures import Figure, Measure
from consult.suppression import hidden_cells

#: A breakdown by page names the pages with the most answers, and puts the others together.
MOST_PAGES = 15

#: The pages beyond those named, together; and feedback that came without a page.
OTHER = "\x00other"
NONE = ""


@dataclass(frozen=True)
class Part:
    """One row: its value, and what the measure comes to; None when it is hidden.

    A part is hidden when fewer than ``THRESHOLD`` people answered, or when its figure would let
    one work out that of a hidden part.
    """

    value: str
    figure: Figure | None


def parts(cells: Mapping[str, Counts], measure: Measure) -> list[Part]:
    """What the measure comes to in each part; each person is in one part only."""
    names = [name for name, counts in cells.items() if _answers(counts, measure)]
    sizes = [_answers(cells[name], measure) for name in names]
    hidden = hidden_cells(sizes, sum(sizes), exclusive=True)
    return [
        Part(name, None if place in hidden else cells[name].figure(measure))
        for place, name in enumerate(names)
    ]


def _answers(counts: Counts, measure: Measure) -> int:
    return sum(c.number for c in counts.of(measure.question) if c.answer in measure.points)


def by_language(counts: Counts) -> dict[str, Counts]:
    return _largest_first(counts.parts(lambda cell: cell.lang))


def by_channel(counts: Counts) -> dict[str, Counts]:
    return _largest_first(counts.parts(lambda cell: cell.channel))


def by_page(counts: Counts) -> dict[str, Counts]:
    """The pages with the most answers, then the others together."""
    found = _largest_first(counts.parts(lambda cell: cell.page))
    named = set(list(found)[:MOST_PAGES])
    return _largest_first(
        counts.parts(lambda cell: cell.page if cell.page in named else OTHER), last=OTHER
    )


def by_month(counts: Counts) -> dict[str, Counts]:
    """By months, as '2026-11', the latest first."""
    return _latest_first(counts.parts(lambda cell: f"{cell.day:%Y-%m}"))


def by_quarter(counts: Counts) -> dict[str, Counts]:
    """By quarters of the calendar, as '2026-Q4', the latest first."""
    return _latest_first(counts.parts(lambda cell: quarter(cell.day)))


def quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _latest_first(found: Mapping[str, Counts]) -> dict[str, Counts]:
    return dict(sorted(found.items(), reverse=True))


def _largest_first(found: Mapping[str, Counts], last: str | None = None) -> dict[str, Counts]:
    def order(item: tuple[str, Counts]) -> tuple[bool, int, str]:
        return item[0] == last, -item[1].total(GIVEN), item[0]

    return dict(sorted(found.items(), key=order))


def pages_of(cells: Sequence[Cell]) -> list[str]:
    """The pages to choose from, those with the most answers first."""
    found = _largest_first(Counts(cells).parts(lambda cell: cell.page))
    return [page for page in list(found)[:MOST_PAGES] if page]
