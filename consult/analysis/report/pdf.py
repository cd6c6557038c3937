"""The report as a PDF/UA-1: its content as plain words, and places from 0 to 1, for typst."""

import json
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from consult.analysis.report.content import Content, ToldTheme
from consult.analysis.report.facts import weight_of
from consult.analysis.report.page_words import said
from consult.analysis.report.pdf_words import TEMPLATE, columns, heading_words, runs_of
from consult.typeset import typeset


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
        "head": columns(_, by_ratings=facts.by_ratings),
        "themes": [_theme(content, one, least, span) for one in content.themes],
        "copies": runs_of(content.copies),
        "method": runs_of(content.method),
        "words": heading_words(_),
    }


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
        "makeup": runs_of(theme.makeup),
        "quotations": [
            {"text": one.text, "lang": one.lang, "about": one.about, "address": one.address}
            for one in theme.quotations
        ],
    }
