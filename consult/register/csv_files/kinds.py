"""The two kinds of entries that files bring in: how they are found, made and changed."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from consult.db import Localized
from consult.organizations.models import Organization, Service, ServiceStage
from consult.register import queries
from consult.register.csv_files.tables import (
    OUTSIDE_COLUMNS,
    SERVICE_COLUMNS,
    Column,
    outside_entry,
    service_entry,
    values_of,
)
from consult.register.entries import OutsideEntry, ServiceEntry, slug_for
from consult.register.errors import EntryRefusedError
from consult.register.models import OutsideConsultation
from consult.register.services.keeping import (
    add_outside,
    add_service,
    change_outside,
    change_service,
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")

#: Words that addresses of the register use themselves.
RESERVED = frozenset(("nouveau", "new", "fichier", "file"))


@dataclass
class Known:
    """What stands in a public body's register: by identifier, and by what else tells it.

    ``named`` gives, for a line's identifier and values, the entry it is about (None for a new one)
    and the identifier it has or will have; it raises ``EntryRefusedError``.
    """

    named: Callable[[str, Mapping[str, Any]], tuple[str, Any]]
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Kind:
    """A kind of entry: its columns, and the verbs on it."""

    columns: tuple[Column, ...]
    blank: Mapping[str, Any]
    build: Callable[[Mapping[str, Any]], Any]
    entry_of: Callable[[Any], Any]
    known: Callable[[Organization], Known]
    rows: Callable[[Organization], Sequence[Any]]
    identifier: Callable[[Any], str]
    add: Callable[..., Any]
    change: Callable[..., Any]


def _known_services(organization: Organization) -> Known:
    services = queries.services_of(organization)
    by_slug: dict[str, Service] = {one.slug: one for one in services}
    by_name = {one.name.fr: one for one in services}
    taken = queries.taken_slugs() | RESERVED

    def named(identifier: str, values: Mapping[str, Any]) -> tuple[str, Service | None]:
        if not identifier:
            same = by_name.get(values.get("name_fr", ""))
            name = Localized(values.get("name_fr", ""), values.get("name_en", ""))
            return (same.slug, same) if same else (slug_for(name, taken), None)
        if identifier in by_slug:
            return identifier, by_slug[identifier]
        if identifier in taken:
            message = _l("Another service has this identifier. Choose another, or leave it empty.")
            raise EntryRefusedError("identifier", message)
        if not _SLUG.match(identifier):
            message = _l("Use small letters without accents, digits and hyphens.")
            raise EntryRefusedError("identifier", message)
        return identifier, None

    return Known(named)


def _known_outside(organization: Organization) -> Known:
    held = queries.outside_of(organization)
    by_id = {str(one.public_id): one for one in held}
    by_title = {(one.title.fr, one.opens_on): one for one in held}

    def named(identifier: str, values: Mapping[str, Any]) -> tuple[str, OutsideConsultation | None]:
        for name in ("opens_on", "closes_on"):
            if not identifier and values.get(name) is None:
                raise EntryRefusedError(name, _l("Write a day as 2026-11-23."))
        if not identifier:
            same = by_title.get((values.get("title_fr", ""), values["opens_on"]))
            return (str(same.public_id), same) if same else ("", None)
        try:
            found = by_id.get(str(uuid.UUID(identifier)))
        except ValueError:
            found = None
        if found is None:
            message = _l("No consultation has this identifier. To add one, leave this cell empty.")
            raise EntryRefusedError("identifier", message)
        for name in ("opens_on", "closes_on"):
            if name in values and values[name] is None:
                raise EntryRefusedError(name, _l("Write a day as 2026-11-23."))
        return str(found.public_id), found

    return Known(named)


def _add_outside(actor: Any, organization: Organization, _id: str, entry: Any, now: Any) -> Any:
    return add_outside(actor, organization, entry, now)


SERVICES = Kind(
    columns=SERVICE_COLUMNS,
    blank=values_of(ServiceEntry(Localized(), stage=ServiceStage.LIVE)),
    build=service_entry,
    entry_of=ServiceEntry.of,
    known=_known_services,
    rows=queries.services_of,
    identifier=lambda service: service.slug,
    add=add_service,
    change=change_service,
)

OUTSIDE = Kind(
    columns=OUTSIDE_COLUMNS,
    blank={"title_fr": "", "title_en": "", "means": (), "address": ""},
    build=outside_entry,
    entry_of=OutsideEntry.of,
    known=_known_outside,
    rows=queries.outside_of,
    identifier=lambda held: str(held.public_id),
    add=_add_outside,
    change=change_outside,
)
