"""The effort a team sees in each theme: set by its people, carried from analysis to analysis."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from consult.analysis.models import Analysis, Theme
from consult.analysis.report.models import Effort, ThemeEffort
from consult.db import db
from consult.organizations.models import Account
from consult.organizations.permissions import can_manage_improvements, require


def efforts_of(analysis: Analysis, themes: Sequence[Theme]) -> dict[int, Effort]:
    """The effort of each theme (by its number) that has one; in two queries.

    A theme kept in a codeframe has the one last set on it in an earlier analysis of the same
    subject, until one is set here.
    """
    numbers = {theme.id: theme.number for theme in themes}
    own = select(ThemeEffort.theme_id, ThemeEffort.effort).where(ThemeEffort.theme_id.in_(numbers))
    found = {numbers[theme_id]: effort for theme_id, effort in db.session.execute(own)}
    waiting = {theme.key: theme.number for theme in themes if theme.key}
    waiting = {key: number for key, number in waiting.items() if number not in found}
    if waiting:
        earlier = (
            select(Theme.key, ThemeEffort.effort)
            .join(ThemeEffort.theme)
            .join(Theme.analysis)
            .where(
                Theme.key.in_(waiting),
                Analysis.id < analysis.id,
                Analysis.service_id == analysis.service_id,
                Analysis.consultation_id == analysis.consultation_id,
                Analysis.question == analysis.question,
            )
            .order_by(ThemeEffort.set_at, Analysis.id)
        )
        found |= {waiting[key]: effort for key, effort in db.session.execute(earlier) if key}
    return {number: effort for number, effort in found.items() if effort}


def set_efforts(
    actor: Account, analysis: Analysis, chosen: Mapping[int, Effort | None], now: datetime
) -> int:
    """Keeps what a person chose for themes (by their numbers); how many of them it changed.

    Raises ``NotAllowedError``. Themes that are not of the analysis are left out.
    """
    require(can_manage_improvements, actor, analysis.organization)
    db.session.execute(select(Analysis.id).where(Analysis.id == analysis.id).with_for_update())
    before = efforts_of(analysis, analysis.themes)
    changed = [
        theme
        for theme in analysis.themes
        if theme.number in chosen and chosen[theme.number] != before.get(theme.number)
    ]
    kept = {
        own.theme_id: own
        for own in db.session.scalars(
            select(ThemeEffort).where(ThemeEffort.theme_id.in_([theme.id for theme in changed]))
        )
    }
    for theme in changed:
        own = kept.get(theme.id) or ThemeEffort(theme=theme)
        own.effort, own.set_by, own.set_at = chosen[theme.number], actor, now
        db.session.add(own)
    db.session.flush()
    return len(changed)
