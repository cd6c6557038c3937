"""How a service asks: from which sites, and with which questions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consult.db import db
from consult.feedback.models import FeedbackSettings, OwnQuestionSet
from consult.organizations.models import Account, Service


def set_allowed_origins(service: Service, origins: Iterable[str]) -> None:
    """Names the sites that may show a service's widget, each as ``parse_origin`` gives it."""
    service.allowed_origins = list(dict.fromkeys(origins))


def change_settings(service: Service, now: datetime, **fields: object) -> FeedbackSettings:
    """Changes how a service asks; ``fields`` are columns of ``FeedbackSettings``."""
    settings = db.session.get(FeedbackSettings, service.id)
    if settings is None:
        settings = FeedbackSettings(service_id=service.id)
        db.session.add(settings)
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.changed_at = now
    db.session.flush()
    return settings


def add_own_set(
    actor: Account, service: Service, definition: Mapping[str, Any], now: datetime
) -> OwnQuestionSet:
    """Adds a version of a service's own questions; earlier versions stay as they are."""
    last = select(func.max(OwnQuestionSet.number)).where(OwnQuestionSet.service_id == service.id)
    version = OwnQuestionSet(
        service_id=service.id,
        number=(db.session.scalar(last) or 0) + 1,
        definition=dict(definition),
        created_at=now,
        created_by_id=actor.id,
    )
    db.session.add(version)
    db.session.flush()
    return version
