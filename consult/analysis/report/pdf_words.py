"""The headings and notes of the report as a PDF, for whoever lays one out."""

from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from consult.analysis.report.page_words import Line

TEMPLATE = Path(__file__).with_name("report.typ")


def heading_words(_: Callable[[str], str]) -> dict[str, str]:
    """What ``report.typ`` says by itself, in the language of ``_``."""
    return {
        "ranking": str(_("Ranked improvements")),
        "themes": str(_("Themes")),
        "copies": str(_("Copies and campaigns")),
        "method": str(_("How this is worked out")),
        "none": str(_("No theme was found")),
        "hit": str(_("Hit hardest:")),
        "said": str(_("What people say")),
        "context": str(_("Read it in context")),
        "online": str(_("This report online")),
        "bars": str(_("The square is the figure, the line its interval, the upright stroke zero.")),
        "page": str(_("Page %(page)s of %(pages)s")) % {"page": "{page}", "pages": "{pages}"},
    }


def columns(_: Callable[[str], str], *, by_ratings: bool) -> list[str]:
    """The heads of the ranking."""
    weight = _("Points at stake") if by_ratings else _("Burden")
    names = (_("Rank"), _("Theme"), _("Comments"), _("Share"), weight, _("Between"), _("And"))
    return [str(name) for name in names]


def runs_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Paragraphs by kind; items that follow each other are one list, told as one."""
    runs = [
        (kind, [line.text for line in run]) for kind, run in groupby(lines, lambda one: one.kind)
    ]
    return [{"kind": kind, "texts": texts} for kind, texts in runs]
