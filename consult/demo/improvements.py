"""The demo's improvements: ideas of the team and what people said, in every state."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from consult.analysis.improvements.changing import Draft, Origin, make_improvement, move_improvement
from consult.analysis.improvements.measuring import measure, publish_measure
from consult.analysis.improvements.models import (
    ExpectedFigure,
    Improvement,
    ImprovementSource,
    ImprovementState,
)
from consult.analysis.report.models import Effort
from consult.db import db
from consult.demo.content import read_json, words
from consult.involvement.models import Activity
from consult.organizations.models import Account, Service
from consult.quebec_time import quebec_day
from consult.surveys.queries import consultation_by_slug


def load_improvements(actor: Account, services: dict[str, Service], now: datetime) -> int:
    """Makes each improvement when its file says, and leads it to its state; how many."""
    rows = read_json("improvements.json")
    for row in rows:
        _load(actor, services[row["service"]], row, now)
    return len(rows)


def _load(actor: Account, service: Service, row: dict[str, Any], now: datetime) -> Improvement:
    begun, moment = (now - timedelta(days=row[name]) for name in ("begun_days_ago", "days_ago"))
    state = ImprovementState(row["state"])
    told = "reason" if state is ImprovementState.DECLINED else "did"
    texts: dict[str, Any] = {told: words(row.get("did")), "expected": words(row.get("expected"))}
    due, figure = row.get("due_in_days"), row.get("figure")
    draft = Draft(
        title=words(row["title"]),
        owner=actor,
        said=words(row["said"]),
        due_on=quebec_day(now) + timedelta(days=due) if due is not None else None,
        effort=Effort(row["effort"]) if row.get("effort") else None,
        expected_figure=ExpectedFigure(figure) if figure else None,
        **texts,
    )
    made = make_improvement(actor, _origin(service, row), draft, begun)
    if state is not ImprovementState.TO_STUDY:
        move_improvement(actor, made, state, moment)
    if state is ImprovementState.DONE:
        measured = measure(actor, made, now)
        if row.get("is_measured_in_public"):
            publish_measure(actor, measured, now, is_public=True)
    return made


def _origin(service: Service, row: dict[str, Any]) -> Origin:
    """What it is drawn from; an activity, where the service has one."""
    source = ImprovementSource(row["source"])
    if source is ImprovementSource.ACTIVITY:
        query = select(Activity).where(Activity.service_id == service.id)
        activity = db.session.scalars(query.order_by(Activity.starts_on)).first()
        return (
            Origin.of_activity(activity)
            if activity
            else Origin(service.organization, service=service)
        )
    consultation = consultation_by_slug(row["consultation"]) if "consultation" in row else None
    return Origin(service.organization, source, service, consultation)
