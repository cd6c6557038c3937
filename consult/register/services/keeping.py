"""Adding to the register and changing what it tells: services, consultations held elsewhere."""

from datetime import datetime

from consult.db import db, new_public_id
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import changed, record_act
from consult.organizations.models import Account, Organization, Service
from consult.organizations.permissions import can_keep_register, require
from consult.register.entries import OutsideEntry, ServiceEntry, flat
from consult.register.models import OutsideConsultation


def hold(kept: Service | OutsideConsultation) -> None:
    """Waits for whoever changes it just now, then reads it again."""
    db.session.refresh(kept, with_for_update={"of": type(kept)})


def add_service(
    actor: Account, organization: Organization, slug: str, entry: ServiceEntry, now: datetime
) -> Service:
    """Adds a service, called ``slug`` in addresses, which no other is; the caller flushes.

    Raises ``EntryRefusedError``.
    """
    require(can_keep_register, actor, organization)
    entry.check()
    service = Service(slug=slug, created_at=now, **entry.columns)
    service.organization_id = organization.id
    db.session.add(service)
    told = {name: (None, value) for name, value in flat(entry.columns).items() if value}
    record_act(actor, organization, Action.SERVICE_ADDED, slug, now, told)
    return service


def change_service(actor: Account, service: Service, entry: ServiceEntry, now: datetime) -> bool:
    """Changes a service; False when nothing differs. Raises ``EntryRefusedError``."""
    require(can_keep_register, actor, service.organization)
    entry.check()
    differences = changed(flat(ServiceEntry.of(service).columns), flat(entry.columns))
    if not differences:
        return False
    for name, value in entry.columns.items():
        setattr(service, name, value)
    organization = service.organization
    record_act(actor, organization, Action.SERVICE_CHANGED, service.slug, now, differences)
    return True


def add_outside(
    actor: Account, organization: Organization, entry: OutsideEntry, now: datetime
) -> OutsideConsultation:
    """Adds a consultation held elsewhere; the caller flushes. Raises ``EntryRefusedError``."""
    require(can_keep_register, actor, organization)
    entry.check()
    held = OutsideConsultation(public_id=new_public_id(), created_at=now, **entry.columns)
    held.organization_id = organization.id
    db.session.add(held)
    told = {name: (None, value) for name, value in flat(entry.columns).items() if value}
    action = Action.OUTSIDE_CONSULTATION_ADDED
    record_act(actor, organization, action, entry.title.in_language("fr"), now, told)
    return held


def change_outside(
    actor: Account, held: OutsideConsultation, entry: OutsideEntry, now: datetime
) -> bool:
    """Changes one; False when nothing differs. Raises ``EntryRefusedError``."""
    require(can_keep_register, actor, held.organization)
    entry.check()
    differences = changed(flat(OutsideEntry.of(held).columns), flat(entry.columns))
    if not differences:
        return False
    for name, value in entry.columns.items():
        setattr(held, name, value)
    action, title = Action.OUTSIDE_CONSULTATION_CHANGED, entry.title.in_language("fr")
    record_act(actor, held.organization, action, title, now, differences)
    return True


def delete_outside(actor: Account, held: OutsideConsultation, now: datetime) -> None:
    """Deletes one for good."""
    require(can_keep_register, actor, held.organization)
    action, title = Action.OUTSIDE_CONSULTATION_DELETED, held.title.in_language("fr")
    told = {name: (value, None) for name, value in flat(OutsideEntry.of(held).columns).items()}
    record_act(actor, held.organization, action, title, now, told)
    db.session.delete(held)
    db.session.flush()
