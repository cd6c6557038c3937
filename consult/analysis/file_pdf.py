"""report.pdf: the report of a file, laid out as the web report is (PDF/UA-1)."""

import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from consult.analysis.file_page import FilePage
from consult.analysis.report.page_words import lines_in, plain
from consult.analysis.report.pdf_words import TEMPLATE, columns, heading_words, runs_of
from consult.typeset import typeset

if TYPE_CHECKING:
    from consult.analysis.file_report import FileReport

#: Marks a message for the catalogue.
_ = str


def file_pdf(report: "FileReport", made_at: datetime) -> bytes:
    """The report as a PDF; the same report and time give the same bytes."""
    return typeset(TEMPLATE, json.dumps(_laid_out(report), ensure_ascii=False), made_at)


def _laid_out(report: "FileReport") -> dict[str, Any]:
    gettext, page = report.gettext, FilePage(report)
    themes = page.themes()
    ends = [theme[name] for theme in themes for name in report.weighed_by[1:]]
    known = [0.0, *(end for end in ends if not math.isnan(end))]
    least, span = min(known), (max(known) - min(known)) or 1.0
    title = gettext(_("What to improve first: %(file)s")) % {"file": report.name}
    return {
        "lang": report.lang,
        "title": title,
        "organization": "",
        "address": "",
        "finding": plain(page.words("finding", themes[0])) if themes else "",
        "numbers": _numbers(report),
        "colon": f"{gettext(_(':'))} ",
        "basis": gettext(_basis(report)),
        "zero": -least / span,
        "head": columns(gettext, by_ratings=report.has_points),
        "themes": [_theme(report, page, theme, least, span) for theme in themes],
        "copies": [{"kind": "text", "texts": [_copies(report)]}],
        "method": runs_of(lines_in(page.words("method"), report.lang)),
        "words": heading_words(gettext),
    }


def _numbers(report: "FileReport") -> list[tuple[str, str]]:
    gettext, counts = report.gettext, report.analysis.counts
    comments = report.number(counts.comments, 0)
    if report.period:
        first, last = (report.date_words(day) for day in report.period)
        between = gettext(_("from %(start)s to %(end)s")) % {"start": first, "end": last}
        comments = f"{comments}, {between}"
    return [
        (gettext(_("Comments")), comments),
        (gettext(_("Say nothing to analyze")), report.number(counts.non_answers, 0)),
        (gettext(_("Fit no theme")), report.number(counts.without_theme, 0)),
        (gettext(_("Ratings")), report.number(counts.rated, 0)),
    ]


def _basis(report: "FileReport") -> str:
    if report.has_points:
        return _("Themes are ranked by the satisfaction points at stake.")
    return _("Themes are ranked by reach and polarity, for want of enough ratings.")


def _together(report: "FileReport", theme: Mapping[Any, Any]) -> str:
    """What is told before the first of several themes whose ranks cannot be told apart."""
    [run] = [run for run in report.analysis.rank_groups if theme["theme"] in run]
    if len(run) == 1 or theme["theme"] != run[0]:
        return ""
    words = _(
        "Ranks %(first)s to %(last)s can’t be told apart: what each has at stake is too close."
    )
    first = theme["rank"]
    return report.gettext(words) % {"first": first, "last": first + len(run) - 1}


def _copies(report: "FileReport") -> str:
    gettext, count = report.gettext, report.analysis.counts.in_campaigns
    if not count:
        none = _("No near copies of one text were found: each comment counts as one voice.")
        return gettext(none)
    some = _("Comments that are near copies of another: %(count)s. Each campaign is one voice.")
    return gettext(some) % {"count": report.number(count, 0)}


def _theme(
    report: "FileReport", page: FilePage, theme: Mapping[Any, Any], least: float, span: float
) -> dict[str, Any]:
    gettext = report.gettext
    value, low, high = (theme[name] for name in report.weighed_by)
    about = {"fr": gettext(_("French")), "en": gettext(_("English"))}
    head = columns(gettext, by_ratings=report.has_points)[4]
    weight = f"{report.number(value, 3)} ({report.interval(low, high)})"
    return {
        "label": plain(str(theme["label"])),
        "rank": theme["rank"],
        "together": _together(report, theme),
        "bar": None if math.isnan(low) else [(part - least) / span for part in (value, low, high)],
        "cells": [
            str(theme["rank"]),
            plain(str(theme["label"])),
            report.number(theme["comments"], 0),
            report.percent(theme["share"]),
            *(report.number(part, 3) for part in (value, low, high)),
        ],
        "weight": f"{head}{gettext(_(':'))} {weight}",
        "reach": plain(page.words("of_theme", theme)),
        "about": [],
        "hit": [],
        "makeup": [],
        "quotations": [
            {
                "text": one["text"].strip(),
                "lang": one["lang"],
                "about": about[one["lang"]],
                "address": "",
            }
            for one in theme["quotations"]
        ],
    }
