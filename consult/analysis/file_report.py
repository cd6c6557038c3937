"""The files ``consult analyze`` leaves: the figures, what they come from, and two reports."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

from consult.analysis.file_page import FilePage
from consult.analysis.file_pdf import file_pdf
from consult.analysis.formulas import FORMULAS
from consult.analysis.text import Analysis
from consult.analysis.text.evidence_table import comments_table, trends_table
from consult.analysis.text.weighing import BY_RATINGS
from consult.analysis.whole_files import write_whole
from consult.catalogues import LOCALES, translations_for
from consult.comment_files import FileComments

PDF = "report.pdf"
FORMULA = "points_at_stake = mean(ratings outside the theme) - mean(all ratings)"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: Marks a message for the catalogue.
_ = str


def formula_safe(cell: str) -> str:
    """``cell`` with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


@dataclass(frozen=True)
class FileReport:
    """An analysis of the file ``name``, told in ``lang`` ('fr' or 'en').

    ``pdf_made_at`` is when it was made, for its PDF; there is none without it.
    """

    name: str
    comments: FileComments
    analysis: Analysis
    lang: str
    pdf_made_at: datetime | None = None

    FILES: ClassVar = (
        "themes.csv", "assignments.csv", "comments.csv", "shares.csv", "subgroups.csv",
        "group_sums.csv", "trends.csv", "report.json", "report.html",
    )  # fmt: skip

    @property
    def files(self) -> tuple[str, ...]:
        """The names of what is written."""
        return (*self.FILES, PDF) if self.pdf_made_at else self.FILES

    def write(self, folder: Path) -> None:
        """Writes the files, each whole or not at all.

        Raises:
            OSError: ``folder`` can't be made or written to; nothing is left half written.
        """
        texts = (
            self.themes_csv(), self.assignments_csv(), self.comments_csv(), self.shares_csv(),
            self.subgroups_csv(), self.group_sums_csv(), self.trends_csv(), self.report_json(),
            self.html(),
        )  # fmt: skip
        contents = {
            name: text.encode() for name, text in zip(self.FILES, texts, strict=True)
        }  # fmt: skip
        if self.pdf_made_at:
            contents[PDF] = file_pdf(self, self.pdf_made_at)
        write_whole(folder, contents)

    def themes_csv(self) -> str:
        table = self.analysis.themes.copy()
        for column in ("label_fr", "label_en"):
            table[column] = table[column].map(formula_safe)
        return str(table.to_csv(index=False, float_format="%.6f"))

    def assignments_csv(self) -> str:
        table = self._by_line(self.analysis.assignments)
        return str(table.to_csv(index=False, float_format="%.3f"))

    def comments_csv(self) -> str:
        """What each comment brings to the figures; its words stay in the file it came from."""
        table = comments_table(self.analysis.evidence)
        for name in self.analysis.evidence.groupings:
            table[name] = [formula_safe(str(one)) if pd.notna(one) else "" for one in table[name]]
        return str(self._by_line(table).to_csv(index=False))

    def shares_csv(self) -> str:
        return str(self._by_line(self.analysis.shares).to_csv(index=False))

    def _by_line(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table, whose ``row`` is then that of the file, not of the period."""
        lines = self.comments.frame.index.to_numpy()
        return table.assign(row=lines[table["row"].to_numpy(dtype=int)])

    def subgroups_csv(self) -> str:
        return _groups_csv(self.analysis.weighed.subgroups)

    def group_sums_csv(self) -> str:
        return _groups_csv(self.analysis.weighed.compared.sums)

    def trends_csv(self) -> str:
        return str(trends_table(self.analysis.weighed.trends).to_csv(index=False))

    def report_json(self) -> str:
        columns = asdict(self.comments.columns)
        content = {
            "file": self.name,
            "columns": {**columns, "guessed": sorted(columns["guessed"])},
            "notes": [note.render(self.gettext) for note in self.comments.notes],
            "scale": self.comments.scale,
            "period": self.period,
            "parameters": asdict(self.analysis.parameters),
            "counts": asdict(self.analysis.counts),
            "overall_mean": self.analysis.overall_mean,
            "basis": self.analysis.weighed.basis,
            "trends": self._trends(),
            "formula": FORMULA,
            "formulas": FORMULAS,
            "rank_groups": self.analysis.rank_groups,
            "themes": [self._theme(line) for line in self.analysis.themes.to_dict("records")],
        }
        return json.dumps(_plain(content), ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    def html(self) -> str:
        """One page that needs nothing else: no script, no font, no picture from elsewhere."""
        return FilePage(self).html()

    def _trends(self) -> dict[str, str | None]:
        trends = self.analysis.weighed.trends
        start = trends.start.isoformat() if trends.start is not None else None
        return {"compared": trends.compared, "start": start}

    def _theme(self, line: Mapping[Any, Any]) -> dict[str, Any]:
        theme = line["theme"]
        return {
            **line,
            "label_said_in": self.analysis.said_in.get(theme),
            "trend": self.analysis.trends[theme],
            "comments_quoted": self.quotations(theme),
            "groups": [
                {"group": row.group, "comments": row.comments, "share": row.share}
                for row in self.analysis.groups.itertuples()
                if row.theme == theme
            ],
            "subgroups": [
                {name: value for name, value in told.items() if name != "theme"}
                for told in self.analysis.weighed.subgroups.to_dict("records")
                if told["theme"] == theme
            ],
        }

    def quotations(self, theme: int) -> list[dict[str, Any]]:
        """The comments that speak best for ``theme``: row, language, text."""
        langs, texts = self.analysis.assignments["lang"], self.comments.frame["text"]
        rows = self.analysis.representatives[theme]
        return [
            {"row": int(texts.index[row]), "lang": langs[row], "text": texts.iloc[row]}
            for row in rows
        ]

    @property
    def gettext(self) -> Callable[[str], str]:
        gettext: Callable[[str], str] = translations_for(self.lang).gettext
        return gettext

    @property
    def period(self) -> list[str] | None:
        """First and last date, as YYYY-MM-DD, None without dates."""
        if "date" not in self.comments.frame or self.comments.frame["date"].isna().all():
            return None
        dates = self.comments.frame["date"]
        return [dates.min().date().isoformat(), dates.max().date().isoformat()]

    @cached_property
    def has_points(self) -> bool:
        return self.analysis.weighed.basis == BY_RATINGS

    @property
    def weighed_by(self) -> tuple[str, str, str]:
        """The columns that themes are ranked on: the figure and the ends of its interval."""
        if self.has_points:
            return "points_at_stake", "points_low", "points_high"
        return "burden", "burden_low", "burden_high"

    @property
    def label_column(self) -> str:
        return f"label_{self.lang}"

    def label_lang(self, theme: int) -> str:
        """The language that the label of ``theme`` is shown in: the other one when it must."""
        return self.analysis.said_in.get(theme, self.lang)

    @property
    def heading(self) -> str:
        count = self.number(self.analysis.counts.comments, 0)
        text = self.gettext(_("%(file)s · comments: %(comments)s · themes: %(themes)s"))
        return text % {"file": self.name, "comments": count, "themes": len(self.analysis.themes)}

    @property
    def bracket_note(self) -> str | None:
        if not any(len(group) > 1 for group in self.analysis.rank_groups):
            return None
        return self.gettext(
            _("Themes no line separates cannot be told apart: their order may be due to chance.")
        )

    @property
    def ranking_columns(self) -> list[tuple[str, str]]:
        """Names of the columns of the ranking and how each is aligned."""
        names = [(_("Rank"), "right"), (_("Theme"), "left"), (_("Comments"), "right")]
        if self.has_points:
            names += [(_("Mean"), "right"), (_("Points"), "right")]
        else:
            names.append((_("Burden"), "right"))
        names.append((_("Interval"), "right"))
        return [(self.gettext(name), side) for name, side in names]

    @property
    def ranking_groups(self) -> list[list[list[str]]]:
        """The cells of the ranking, in runs of themes that cannot be told apart."""
        lines = {line["theme"]: line for line in self.analysis.themes.to_dict("records")}
        return [
            [self._cells(lines[theme]) for theme in group] for group in self.analysis.rank_groups
        ]

    def _cells(self, line: Mapping[Any, Any]) -> list[str]:
        reach = f"{self.number(line['comments'], 0)} ({self.percent(line['share'])})"
        cells = [str(line["rank"]), line[self.label_column], reach]
        if self.has_points:
            cells.append(self.number(line["mean_rating"], 2))
        value, low, high = (line[name] for name in self.weighed_by)
        cells += [self.number(value, 3), self.interval(low, high)]
        return cells

    def number(self, value: float, digits: int) -> str:
        """``value`` as the report's language writes it; a dash when there is none."""
        if math.isnan(value):
            return "–"
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return str(format_decimal(value, pattern, locale=LOCALES[self.lang])).replace("-", "−")

    def percent(self, share: float) -> str:
        text = self.number(100 * share, 1 if share < 0.0995 else 0)
        return f"{text}\u00a0%" if self.lang == "fr" else f"{text}%"

    def date_words(self, day: str) -> str:
        """``2026-11-23`` as the report's language says it: 23 novembre 2026."""
        return str(format_date(date.fromisoformat(day), "long", locale=LOCALES[self.lang]))

    def interval(self, low: float, high: float) -> str:
        if math.isnan(low):
            return "–"
        text = self.gettext(_("%(low)s to %(high)s"))
        return text % {"low": self.number(low, 3), "high": self.number(high, 3)}


def _groups_csv(table: pd.DataFrame) -> str:
    safe = table.assign(group=[formula_safe(str(group)) for group in table["group"]])
    return str(safe.to_csv(index=False))


def _plain(value: Any) -> Any:
    """``value`` for JSON: NaN becomes null, numpy numbers plain ones rounded to six digits."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return None if pd.isna(value) else round(float(value), 6)
    return value.item() if hasattr(value, "item") else value
