"""The report as a PDF/UA-1: its content as plain words, and places from 0 to 1, for typst."""

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from consult.analysis.report.content import Content, ToldTheme
from consult.analysis.report.facts import weight_of
from consult.analysis.report.page_words import Line, said
from consult.typeset import typeset

TEMPLATE = Path(__file__).with_name("report.typ")


def report_pdf(content: Content) -> bytes:
    """The whole report, tagged; the same content gives the same bytes."""
    return typeset(TEMPLATE, json.dumps(_laid_out(content), ensure_ascii=False), content.made_at)


def _laid_out(content: Content) -> dict[str, Any]:
    facts = content.facts
    least = min([0.0, *(one.low for one in facts.impacts)])
    most = max([0.0, *(one.high for one in facts.impacts)])
    span = most - least or 1.0
    return {
        "lang": content.lang,
        "title": content.title,
        "organization": content.organization,
        "address": content.address,
        "finding": content.finding,
        "numbers": content.numbers,
        "colon": f"{_(':')} ",
        "basis": content.basis,
        "zero": -least / span,
        "head": _head(content),
        "themes": [_theme(content, one, least, span) for one in content.themes],
        "copies": _lines(content.copies),
        "method": _lines(content.method),
        "words": {
            "ranking": str(_("Ranked improvements")),
            "themes": str(_("Themes")),
            "copies": str(_("Copies and campaigns")),
            "method": str(_("How this is worked out")),
            "none": str(_("No theme was found")),
            "hit": str(_("Hit hardest:")),
            "said": str(_("What people say")),
            "context": str(_("Read it in context")),
            "online": str(_("This report online")),
            "bars": str(
                _("The square is the figure, the line its interval, the upright stroke zero.")
            ),
            "page": str(_("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")),
        },
    }


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Paragraphs by kind; items that follow each other are one list, told as one."""
    runs = [
        (kind, [line.text for line in run]) for kind, run in groupby(lines, lambda one: one.kind)
    ]
    return [{"kind": kind, "texts": texts} for kind, texts in runs]


def _head(content: Content) -> list[str]:
    weight = _("Points at stake") if content.facts.by_ratings else _("Burden")
    names = (_("Rank"), _("Theme"), _("Comments"), _("Share"), weight, _("Between"), _("And"))
    return [str(name) for name in names]


def _theme(content: Content, theme: ToldTheme, least: float, span: float) -> dict[str, Any]:
    facts = theme.facts
    value, low, high = weight_of(content.facts, facts)
    number = said("points" if content.facts.by_ratings else "hundredths")
    bar = None
    if value is not None and low is not None and high is not None:
        bar = [(part - least) / span for part in (value, low, high)]
    unknown = "–"
    return {
        "label": theme.label,
        "rank": facts.rank,
        "together": theme.together,
        "bar": bar,
        "cells": [
            str(facts.rank),
            theme.label,
            format_decimal(facts.comments),
            said("percent")(facts.share),
            *(unknown if one is None else number(one) for one in (value, low, high)),
        ],
        "weight": theme.weight,
        "reach": theme.reach,
        "about": theme.about,
        "hit": theme.hit,
        "makeup": _lines(theme.makeup),
        "quotations": [
            {"text": one.text, "lang": one.lang, "about": one.about, "address": one.address}
            for one in theme.quotations
        ],
    }
