"""Reads of how a service asks: its settings and its questions."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from consult.db import db
from consult.feedback.models import FeedbackSettings, OwnQuestionSet, WidgetScript
from consult.feedback.queries.served import Served
from consult.feedback.question_sets import DEFAULT, OWN, READY, QuestionSet, own_set
from consult.organizations.models import Service


def settings_of(service: Service) -> FeedbackSettings:
    """How a service asks; one that was never set up asks by the defaults (nothing is stored)."""
    found = db.session.get(FeedbackSettings, service.id)
    return found or FeedbackSettings(
        service_id=service.id,
        question_set=DEFAULT,
        display="inline",
        asks_contact=False,
        is_public=False,
    )


def own_set_of(service: Service | Served, number: int | None = None) -> QuestionSet | None:
    """A version of the questions a service wrote itself, the latest unless told; None without."""
    query = select(OwnQuestionSet.number, OwnQuestionSet.definition)
    query = query.where(OwnQuestionSet.service_id == service.id)
    if number is not None:
        query = query.where(OwnQuestionSet.number == number)
    found = db.session.execute(query.order_by(OwnQuestionSet.number.desc()).limit(1)).first()
    return own_set(found.number, json.dumps(found.definition)) if found else None


def question_set_of(service: Service | Served, name: str | None = None) -> QuestionSet | None:
    """The questions with this name, those of the service's settings unless told; None if unknown.

    ``name`` is a ready set's, 'own' (the latest version) or 'own-3'.
    """
    if name is None:
        asks = service if isinstance(service, Served) else settings_of(service)
        name = asks.question_set
    if name in READY:
        return READY[name]
    kind, _dash, number = name.partition("-")
    if kind != OWN or (number and not (number.isascii() and number.isdigit() and len(number) < 9)):
        return None
    return own_set_of(service, int(number) if number else None)


def handed_out(service: Service, digest: str) -> str | None:
    """The script that was handed out for a service under this digest, if one was."""
    query = select(WidgetScript.content).where(
        WidgetScript.service_id == service.id, WidgetScript.digest == digest
    )
    return db.session.scalar(query)


def own_versions(service: Service) -> list[OwnQuestionSet]:
    """Every version of a service's own questions, the latest first."""
    query = select(OwnQuestionSet).where(OwnQuestionSet.service_id == service.id)
    return list(db.session.scalars(query.order_by(OwnQuestionSet.number.desc())))


def latest_own_version(service: Service) -> OwnQuestionSet | None:
    query = select(OwnQuestionSet).where(OwnQuestionSet.service_id == service.id)
    return db.session.scalar(query.order_by(OwnQuestionSet.number.desc()).limit(1))


def public_services(only: Service | None = None) -> Sequence[Service]:
    """The services that opened their scores to everyone, 200 at most; ``only`` that one."""
    query = select(Service).join(FeedbackSettings, FeedbackSettings.service_id == Service.id)
    query = query.where(FeedbackSettings.is_public).order_by(Service.slug)
    if only is not None:
        query = query.where(Service.id == only.id)
    return db.session.scalars(query.limit(200)).all()


def last_handed_out(service: Service) -> WidgetScript | None:
    """The script that was handed out last for a service."""
    query = select(WidgetScript).where(WidgetScript.service_id == service.id)
    return db.session.scalar(query.order_by(WidgetScript.created_at.desc()).limit(1))
