"""Who changed what of an improvement, and when: its own rows, and the audit trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consult.analysis.improvements.models import Improvement, ImprovementChange
from consult.catalogues import LANGUAGES
from consult.db import db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account

#: Texts in both languages of an improvement.
TEXTS = ("title", "said", "did", "reason", "expected")


def snapshot(improvement: Improvement) -> dict[str, Any]:
    """What people may change of an improvement, as JSON holds it."""
    texts = {
        f"{name}_{lang}": getattr(getattr(improvement, name), lang)
        for name in TEXTS
        for lang in LANGUAGES
    }
    due_on, effort, figure = improvement.due_on, improvement.effort, improvement.expected_figure
    return {
        "state": improvement.state.value,
        "owner": improvement.owner.name,
        "due_on": due_on.isoformat() if due_on else None,
        "effort": effort.value if effort else None,
        "expected_figure": figure.value if figure else None,
        **texts,
    }


def remember(
    actor: Account | None,
    improvement: Improvement,
    action: Action,
    now: datetime,
    changes: Mapping[str, tuple[Any, Any]],
) -> None:
    """Adds one act to the improvement's history and to the audit trail."""
    title = improvement.title.in_language("fr")
    record_act(actor, improvement.organization, action, title, now, changes)
    db.session.add(
        ImprovementChange(
            improvement=improvement,
            at=now,
            actor=actor,
            actor_name=actor.name if actor else "",
            action=action.value,
            changes={field: list(pair) for field, pair in changes.items()},
        )
    )


def history_of(improvement: Improvement, most: int = 100) -> Sequence[ImprovementChange]:
    """The last acts on an improvement, the latest first."""
    change = ImprovementChange
    query = select(change).where(change.improvement_id == improvement.id)
    return db.session.scalars(query.order_by(change.at.desc(), change.id.desc()).limit(most)).all()
