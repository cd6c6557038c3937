"""Which improvements a list shows; the filters live in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from consult.analysis.improvements.models import (
    Improvement,
    ImprovementSource,
    ImprovementState,
)
from consult.db import db
from consult.organizations.models import Account, Organization, Service

#: States in which something is still to be done.
OPEN = (ImprovementState.TO_STUDY, ImprovementState.PLANNED, ImprovementState.IN_PROGRESS)

#: The owner that the address calls by no identifier: whoever reads.
MINE = "me"


@dataclass(frozen=True)
class Filters:
    """What the address asks for; the empty string asks for all.

    ``body`` and ``service`` are slugs, ``owner`` a public identifier or ``MINE``; ``late`` is
    'yes' for what is past its due date.
    """

    body: str = ""
    service: str = ""
    state: str = ""
    owner: str = ""
    source: str = ""
    late: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        return cls(**{field.name: asked.get(field.name, "") for field in fields(cls)})

    @property
    def in_address(self) -> dict[str, str]:
        """Those that are set, for an address."""
        return {name: value for name, value in vars(self).items() if value}

    def narrow(
        self, query: Select[Improvement], actor: Account, today: date
    ) -> Select[Improvement]:
        """``query``, of what these filters ask for; one that names nothing finds nothing."""
        if self.body:
            body = select(Organization.id).where(Organization.slug == self.body)
            query = query.where(Improvement.organization_id.in_(body))
        if self.service:
            service = select(Service.id).where(Service.slug == self.service)
            query = query.where(Improvement.service_id.in_(service))
        if self.state:
            named = [state for state in ImprovementState if state == self.state]
            query = query.where(Improvement.state.in_(OPEN if self.state == "open" else named))
        if self.source:
            sources = [source for source in ImprovementSource if source == self.source]
            query = query.where(Improvement.source.in_(sources))
        if self.owner:
            query = query.where(Improvement.owner_id.in_(_owner(self.owner, actor)))
        if self.late == "yes":
            query = query.where(Improvement.state.in_(OPEN), Improvement.due_on < today)
        return query


def _owner(owner: str, actor: Account) -> list[int]:
    if owner == MINE:
        return [actor.id]
    try:
        wanted = UUID(owner)
    except ValueError:
        return []
    return list(db.session.scalars(select(Account.id).where(Account.public_id == wanted)))
