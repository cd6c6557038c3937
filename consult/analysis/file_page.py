"""report.html: the ranking as a page that stands alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from consult.catalogues import translations_for

if TYPE_CHECKING:
    from consult.analysis.file_report import FileReport

_SPAN = Markup('<span lang="{}">{}</span>')
WIDTH = 640  # of the chart, in its own units
ROW = 56


@dataclass(frozen=True)
class Bar:
    """One theme in the chart: where its bar and interval lie, in chart units."""

    label: str
    lang: str
    value: str
    top: int
    left: float
    width: float
    low: float
    high: float
    gain: bool


class FilePage:
    """Draws a :class:`FileReport` with the template ``analysis/file_report.html``."""

    def __init__(self, report: "FileReport") -> None:
        self.report = report

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("consult.analysis"), autoescape=True, trim_blocks=True,
            lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            translations_for(self.report.lang), newstyle=True
        )
        return environment

    def words(self, macro: str, *about: Any) -> str:
        """What a macro of ``analysis/_file_words.html`` says of the report, as markup."""
        said = self._environment.get_template("analysis/_file_words.html").module
        return str(getattr(said, macro)(self.report, *about))

    def html(self) -> str:
        template = self._environment.get_template("analysis/file_report.html")
        bars, zero = self._bars()
        return template.render(
            report=self.report, analysis=self.report.analysis, lang=self.report.lang,
            other="en" if self.report.lang == "fr" else "fr", themes=self.themes(),
            bars=bars, zero=zero, width=WIDTH, height=ROW * len(bars) + 8,
            groups=self._groups(),
        )  # fmt: skip

    def themes(self) -> list[dict[Any, Any]]:
        """The lines of the ranking with what the page says of each theme."""
        groups = self.report.analysis.rank_groups
        runs = {theme: run for run, group in enumerate(groups) for theme in group}
        cells = [line for group in self.report.ranking_groups for line in group]
        return [
            {
                **line,
                "label": self._label(line),
                "other_label": self._other_label(line),
                "cells": shown,
                "quotations": self.report.quotations(line["theme"]),
                "trend": self.report.analysis.trends[line["theme"]],
                "hit": self._hit(line["theme"]),
                "run": runs[line["theme"]],
                "tied": len(groups[runs[line["theme"]]]) > 1,
            }
            for line, shown in zip(
                self.report.analysis.themes.to_dict("records"), cells, strict=True
            )
        ]

    def _hit(self, theme: int) -> list[dict[Any, Any]]:
        """The groups that speak of ``theme`` more, or rate it lower, than the others."""
        found = self.report.analysis.weighed.subgroups
        found = found[(found["theme"] == theme) & (found["speaks_more"] | found["rates_lower"])]
        return found.to_dict("records")

    def _label(self, line: Mapping[Any, Any]) -> str | Markup:
        """The label, marked with its own language where it could not be said in the page's."""
        text, lang = line[self.report.label_column], self.report.label_lang(line["theme"])
        return text if lang == self.report.lang else _SPAN.format(lang, text)

    def _other_label(self, line: Mapping[Any, Any]) -> str | None:
        """The label in the other language, None where both languages share one."""
        shared = line["theme"] in self.report.analysis.said_in
        return None if shared else line["label_en" if self.report.lang == "fr" else "label_fr"]

    def _bars(self) -> tuple[list[Bar], float]:
        """The bars of the chart and where zero stands."""
        table = self.report.analysis.themes
        table = table[table[self.report.weighed_by[1]].notna()]
        value, low, high = (table[name] for name in self.report.weighed_by)
        least, most = min(0.0, low.min()), max(0.0, high.max())
        span = (most - least) or 1.0

        def place(x: pd.Series) -> list[float]:
            return [round(float(v), 1) for v in (x - least) / span * (WIDTH - 8) + 4]

        zero = round(-least / span * (WIDTH - 8) + 4, 1)
        bars = [
            Bar(
                label, self.report.label_lang(line["theme"]), self._value(line), row * ROW,
                min(at, zero), round(abs(at - zero), 1),
                start, end, at >= zero,
            )
            for row, (label, line, at, start, end) in enumerate(
                zip(
                    table[self.report.label_column], table.to_dict("records"), place(value),
                    place(low), place(high), strict=True,
                )
            )
        ]  # fmt: skip
        return bars, zero

    def _value(self, line: Mapping[Any, Any]) -> str:
        value, low, high = (line[name] for name in self.report.weighed_by)
        return f"{self.report.number(value, 3)} ({self.report.interval(low, high)})"

    def _groups(self) -> dict[str, Any] | None:
        """Share of each theme among the comments of each group, as rows of text."""
        shares = self.report.analysis.groups
        if shares.empty:
            return None
        themes = self.report.analysis.themes
        rows = []
        for line in themes.to_dict("records"):
            own = shares.loc[shares["theme"] == line["theme"], "share"]
            rows.append((self._label(line), [self.report.percent(share) for share in own]))
        return {"names": list(shares["group"].unique()), "rows": rows}
