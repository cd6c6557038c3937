"""Reads of preparations and of promises."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.organizations.models import Account, Membership
from consult.organizations.permissions import can_edit_consultations
from consult.surveys.models import Consultation
from consult.surveys.models.preparation import Preparation, ReportReminder


def preparation_of(consultation: Consultation) -> Preparation | None:
    query = select(Preparation).where(Preparation.consultation_id == consultation.id)
    return db.session.scalar(query)


def promises_between(first: date, last: date) -> Sequence[Preparation]:
    """Promises of published consultations that fall due in these days and are not kept yet."""
    query = (
        select(Preparation)
        .join(Consultation)
        .where(
            Preparation.report_due_on.between(first, last),
            Preparation.report_given_on.is_(None),
            Consultation.published_at.is_not(None),
        )
        .options(joinedload(Preparation.consultation).joinedload(Consultation.organization))
        .order_by(Preparation.id)
    )
    return db.session.scalars(query).all()


def editors_of(consultation: Consultation) -> list[Account]:
    """Who may change a consultation, by the roles of its public body."""
    query = select(Account).join(Membership).order_by(Account.id)
    members = query.where(Membership.organization_id == consultation.organization_id)
    body = consultation.organization
    return [one for one in db.session.scalars(members) if can_edit_consultations(one, body)]


def reminded(preparation: Preparation, due_on: date, step: int) -> set[int]:
    """The database ids of those who were reminded at a step."""
    query = select(ReportReminder.account_id).where(
        ReportReminder.preparation_id == preparation.id,
        ReportReminder.due_on == due_on,
        ReportReminder.step == step,
    )
    return set(db.session.scalars(query))
