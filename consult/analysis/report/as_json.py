"""The report as JSON; docs/reports.md has the schema."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from consult.analysis.formulas import FORMULAS
from consult.analysis.report.content import Content, ToldTheme
from consult.db import Localized

#: Goes up when a name goes away or changes its meaning.
VERSION = 1


def report_json(content: Content) -> bytes:
    """Figures as numbers, the same in words, in the language of the report; UTF-8."""
    facts = content.facts
    whole = {
        "version": VERSION,
        "lang": content.lang,
        "title": content.title,
        "organization": content.organization,
        "about": content.about,
        "address": content.address,
        "id": str(facts.public_id),
        "completed_at": _moment(facts.completed_at),
        "period": {"from": _moment(facts.period_from), "to": _moment(facts.period_to)},
        "counts": {
            "comments": facts.comments,
            "analysed": facts.analysed,
            "themed": facts.themed,
            "rated": facts.rated,
            "voices": facts.voices,
            "near_copies": content.in_campaigns,
        },
        "overall_mean": facts.overall_mean,
        "finding": content.finding,
        "basis": facts.basis,
        "themes": [_theme(theme) for theme in content.themes],
        "campaigns": [
            {"comments": one.comments, "theme": one.theme, "text": one.text}
            for one in content.campaigns
        ],
        "copies": [line._asdict() for line in content.copies],
        "method": {
            "scale": facts.scale,
            "compared": facts.compared,
            "compared_from": facts.compared_from,
            "draws": facts.draws,
            "level": facts.level,
            "seed": facts.seed,
            "formulas": FORMULAS,
            "words": [line._asdict() for line in content.method],
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _theme(theme: ToldTheme) -> dict[str, Any]:
    figures = asdict(theme.facts)
    label, effort, groups = (figures.pop(name) for name in ("label", "effort", "groups"))
    return {
        **figures,
        "stability": theme.stability,
        "effort": str(effort) if effort else None,
        "label": theme.label,
        "labels": _sides(label),
        "words": {
            "weight": theme.weight,
            "reach": theme.reach,
            "about": theme.about,
            "makeup": [line._asdict() for line in theme.makeup],
        },
        "groups": groups,
        "phrases": theme.phrases,
        "sub_themes": [asdict(part) for part in theme.parts],
        "quotations": [{**asdict(one), "comment": str(one.comment)} for one in theme.quotations],
        "address": theme.address,
    }


def _sides(label: Localized | dict[str, str]) -> dict[str, str]:
    return dict(label) if isinstance(label, dict) else {"fr": label.fr, "en": label.en}
