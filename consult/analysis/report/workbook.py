"""The report as an Excel workbook: themes, sub-themes, quotations, copies and method."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from consult.analysis.report.content import Content, ToldTheme
from consult.analysis.report.words import EFFORT_LABELS

#: Characters; Excel holds no longer text in a cell, and a cut one ends with this.
MAX_CELL, CUT = 32_767, " […]"

Row = Iterable[str | float | None]


def report_workbook(content: Content) -> bytes:
    """Numbers are numbers (shares from 0 to 1), texts are texts: none is a formula or a link."""
    from xlsxwriter import Workbook  # here, so that a web process starts without it

    whole = io.BytesIO()
    workbook = Workbook(whole, {"in_memory": True})
    workbook.set_properties(
        {"title": content.title, "company": content.organization, "created": content.made_at}
    )
    for name, head, rows in _sheets(content):
        _write(workbook, name, head, rows)
    workbook.close()
    return whole.getvalue()


def _sheets(content: Content) -> Iterator[tuple[str, Sequence[str], Iterable[Row]]]:
    yield str(_("Themes")), _theme_head(), map(_theme_row, content.themes)
    head = (_("Rank"), _("Theme"), _("Sub-theme"), _("Comments"), _("Share"), _("Mean rating"))
    yield str(_("Sub-themes")), head, _part_rows(content.themes)
    head = (_("Rank"), _("Theme"), _("Quotation"), _("Language"), _("Rating"), _("Date"))
    yield str(_("Quotations")), (*head, _("Address")), _quotation_rows(content.themes)
    yield str(_("Copies")), (_("Copies"), _("Theme"), _("One of them")), _copy_rows(content)
    yield str(_("Method")), (_("What"), _("In words")), _method_rows(content)


def _theme_head() -> Sequence[str]:
    return (
        _("Rank"), _("Theme"), _("Comments"), _("Voices"), _("Share"), _("Share, low end"),
        _("Share, high end"), _("Mean rating"), _("Points at stake"), _("Points, low end"),
        _("Points, high end"), _("Burden"), _("Burden, low end"), _("Burden, high end"),
        _("Severity"), _("Polarity"), _("Stability"), _("Trend of the share"), _("Effort"),
        _("Key phrases in French"), _("Key phrases in English"), _("Groups hit hardest"),
    )  # fmt: skip


def _theme_row(theme: ToldTheme) -> Row:
    facts = theme.facts
    return (
        facts.rank, theme.label, facts.comments, facts.voices, facts.share, facts.share_low,
        facts.share_high, facts.mean_rating, facts.points_at_stake, facts.points_low,
        facts.points_high, facts.burden, facts.burden_low, facts.burden_high, facts.severity,
        facts.polarity, theme.stability, facts.trend,
        str(EFFORT_LABELS[facts.effort]) if facts.effort else None,
        *(" · ".join(theme.phrases.get(lang, ())) for lang in ("fr", "en")),
        " · ".join(theme.hit),
    )  # fmt: skip


def _part_rows(themes: Iterable[ToldTheme]) -> Iterator[Row]:
    for theme in themes:
        for part in theme.parts:
            place = (theme.facts.rank, theme.label, part.label)
            yield (*place, part.comments, part.share, part.mean_rating)


def _quotation_rows(themes: Iterable[ToldTheme]) -> Iterator[Row]:
    for theme in themes:
        for one in theme.quotations:
            place = (theme.facts.rank, theme.label)
            yield (*place, one.text, one.lang, one.rating, one.day, one.address)


def _copy_rows(content: Content) -> Iterator[Row]:
    labels = {theme.facts.number: theme.label for theme in content.themes}
    for one in content.campaigns:
        yield one.comments, labels.get(one.theme or 0), one.text


def _method_rows(content: Content) -> Iterator[Row]:
    yield _("Report"), content.title
    yield _("Public body"), content.organization
    yield _("Address"), content.address
    yield from content.numbers
    yield _("Copies and campaigns"), content.copies[0].text
    yield _("Ranking"), content.basis
    for line in content.method:
        yield _("Formula") if line.kind == "formula" else _("Method"), line.text


def _write(workbook: Any, name: str, head: Iterable[str], rows: Iterable[Row]) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for column, title in enumerate(head):
        sheet.write_string(0, column, str(title), bold)
    for number, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, int | float):
                sheet.write_number(number, column, cell)
            elif cell is not None:
                sheet.write_string(number, column, _fitting(str(cell)))


def _fitting(text: str) -> str:
    """The text as long as a cell may be, and never what XlsxWriter takes for XML of its own."""
    if len(text) > MAX_CELL:
        text = text[: MAX_CELL - len(CUT)] + CUT
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
