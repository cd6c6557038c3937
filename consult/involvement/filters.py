"""Which activities a list shows; the filters live in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Select, or_, select

from consult.involvement.models import Activity, ActivityKind
from consult.involvement.searching import is_about, says
from consult.organizations.models import Organization, Service

#: Characters of a filter that are read.
LONGEST = 300


@dataclass(frozen=True)
class Filters:
    """What the address asks for; the empty string asks for all.

    ``q`` is words to find; ``body`` and ``service`` are slugs, ``theme`` a theme's key; ``when`` is
    'before' or 'after' the launch, ``shared`` 'yes' or 'no'.
    """

    q: str = ""
    body: str = ""
    service: str = ""
    kind: str = ""
    theme: str = ""
    when: str = ""
    shared: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        told = {field.name: asked.get(field.name, "").strip()[:LONGEST] for field in fields(cls)}
        return cls(**told)

    @property
    def in_address(self) -> dict[str, str]:
        """Those that are set, for an address."""
        return {name: value for name, value in vars(self).items() if value}

    def narrow(self, query: Select[Activity]) -> Select[Activity]:
        """``query``, of what these filters ask for; one that names nothing finds nothing."""
        if self.q:
            query = query.where(says(self.q))
        if self.body:
            body = select(Organization.id).where(Organization.slug == self.body)
            query = query.where(Activity.organization_id.in_(body))
        if self.service:
            service = select(Service.id).where(Service.slug == self.service)
            query = query.where(Activity.service_id.in_(service))
        if self.kind:
            query = query.where(Activity.kind.in_([k for k in ActivityKind if k == self.kind]))
        if self.theme:
            query = query.where(is_about(self.theme))
        if self.when in ("before", "after"):
            is_before = _is_before_launch()
            query = query.where(is_before if self.when == "before" else ~is_before)
        if self.shared in ("yes", "no"):
            is_shared = Activity.shared_at.is_not(None)
            query = query.where(is_shared if self.shared == "yes" else ~is_shared)
        return query


def _is_before_launch() -> ColumnElement[bool]:
    """``Activity.is_before_launch`` in SQL."""
    launched = Service.launched_on
    return Activity.service.has(or_(launched.is_(None), Activity.starts_on < launched))
