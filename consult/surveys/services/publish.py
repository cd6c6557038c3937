"""What the public sees: the consultation, and its results once it is closed."""

from datetime import datetime

from consult.db import db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys.errors import NotReadyError, StillOpenError
from consult.surveys.models import Consultation, ConsultationState
from consult.surveys.services.prepare import gaps


def publish(actor: Account, consultation: Consultation, now: datetime) -> None:
    """Makes a consultation public; raises ``NotReadyError`` while a language is incomplete."""
    require(can_edit_consultations, actor, consultation.organization)
    if missing := gaps(consultation):
        raise NotReadyError(missing)
    _record(actor, consultation, Action.CONSULTATION_PUBLISHED, now)
    consultation.published_at = consultation.published_at or now
    db.session.flush()


def unpublish(actor: Account, consultation: Consultation, now: datetime) -> None:
    """Takes a consultation back from the public; its answers stay."""
    require(can_edit_consultations, actor, consultation.organization)
    consultation.published_at = None
    _record(actor, consultation, Action.CONSULTATION_WITHDRAWN, now)
    db.session.flush()


def publish_results(actor: Account, consultation: Consultation, now: datetime) -> None:
    """Makes the results public; raises ``StillOpenError`` before the closing time."""
    require(can_edit_consultations, actor, consultation.organization)
    if consultation.state(now) is not ConsultationState.CLOSED:
        raise StillOpenError()
    consultation.results_published_at = consultation.results_published_at or now
    _record(actor, consultation, Action.RESULTS_PUBLISHED, now)
    db.session.flush()


def withdraw_results(actor: Account, consultation: Consultation, now: datetime) -> None:
    """Takes the results back from the public."""
    require(can_edit_consultations, actor, consultation.organization)
    consultation.results_published_at = None
    _record(actor, consultation, Action.RESULTS_WITHDRAWN, now)
    db.session.flush()


def _record(actor: Account, consultation: Consultation, action: Action, now: datetime) -> None:
    record_act(actor, consultation.organization, action, consultation.title.fr, now)
