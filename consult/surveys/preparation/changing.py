"""Writing how a consultation is prepared, and saying that the report was given."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consult.db import Localized, db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import changed, record_act
from consult.organizations.models import Account
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys.models import Consultation
from consult.surveys.models.preparation import Preparation
from consult.surveys.preparation.principles import PREPARED
from consult.surveys.preparation.reads import preparation_of


@dataclass(frozen=True)
class Prepared:
    """What an editor wrote: the texts of ``PREPARED`` by name, and the day promised."""

    texts: dict[str, Localized] = field(default_factory=dict)
    report_due_on: date | None = None


def prepare(
    actor: Account, consultation: Consultation, said: Prepared, today: date, now: datetime
) -> Preparation:
    """Writes a preparation, partial or not; raises ``NotAllowedError``."""
    require(can_edit_consultations, actor, consultation.organization)
    preparation = _own(consultation)
    before = _content(preparation)
    for name, text in said.texts.items():
        setattr(preparation, name, text)
    if said.report_due_on != preparation.report_due_on:
        preparation.report_due_on = said.report_due_on
        preparation.promised_on = today if said.report_due_on else None
    _changed(actor, preparation, Action.PREPARATION_CHANGED, before, now)
    return preparation


def say_report_given(
    actor: Account, consultation: Consultation, given_on: date | None, link: str, now: datetime
) -> Preparation:
    """Marks the promise as kept on a day, or as not kept yet with None; raises NotAllowedError."""
    require(can_edit_consultations, actor, consultation.organization)
    preparation = _own(consultation)
    before = _content(preparation)
    preparation.report_given_on = given_on
    preparation.report_link = link if given_on else ""
    _changed(actor, preparation, Action.REPORT_GIVEN, before, now)
    return preparation


def held_preparation(consultation: Consultation) -> Preparation | None:
    """The preparation as it is once whoever changes it just now is done."""
    db.session.execute(
        db.select(Consultation.id).where(Consultation.id == consultation.id).with_for_update()
    )
    found = preparation_of(consultation)
    if found is not None:
        db.session.refresh(found)
    return found


def _own(consultation: Consultation) -> Preparation:
    """The preparation of a consultation, a new one when it has none; its row is locked."""
    found = held_preparation(consultation)
    if found is None:
        found = Preparation(consultation=consultation, **dict.fromkeys(PREPARED, Localized()))
        db.session.add(found)
        db.session.flush()
    return found


def _changed(
    actor: Account,
    preparation: Preparation,
    action: Action,
    before: dict[str, Any],
    now: datetime,
) -> None:
    changes = changed(before, _content(preparation))
    if not changes:
        return
    preparation.changed_at, preparation.changed_by = now, actor
    db.session.flush()
    consultation = preparation.consultation
    record_act(actor, consultation.organization, action, consultation.slug, now, changes)


def _content(preparation: Preparation) -> dict[str, Any]:
    texts = {
        f"{name}_{lang}": getattr(getattr(preparation, name), lang)
        for name in PREPARED
        for lang in ("fr", "en")
    }
    days = ("report_due_on", "report_given_on")
    told = {name: (day := getattr(preparation, name)) and day.isoformat() for name in days}
    return {**texts, **told, "report_link": preparation.report_link}
