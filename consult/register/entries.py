"""What the register tells of a service, and of a consultation held elsewhere; and its rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from consult.catalogues import LANGUAGES
from consult.db import Localized
from consult.organizations.models import Service, ServiceStage
from consult.register.errors import EntryRefusedError
from consult.register.models import Means, OutsideConsultation
from consult.searching.asked import fold

NOTHING = Localized()
#: Where a service of that address would stand, another page does.
NOT_SERVICES = {"nouveau", "new", "fichier", "file", "consultations"}

LONGEST_NAME, LONGEST_TEXT, LONGEST_OWNER, LONGEST_ADDRESS = 200, 2_000, 200, 500


@dataclass(frozen=True)
class ServiceEntry:
    """A digital service as the register tells it; see ``Service``."""

    name: Localized
    description: Localized = NOTHING
    owner: str = ""
    launched_on: date | None = None
    is_new: bool = False
    is_digital: bool = True
    is_end_to_end: bool = False
    take_up: float | None = None
    take_up_on: date | None = None
    channels: tuple[str, ...] = ()
    stage: ServiceStage = ServiceStage.LIVE
    retired_on: date | None = None

    @classmethod
    def of(cls, service: Service) -> "ServiceEntry":
        told = {field.name: getattr(service, field.name) for field in fields(cls)}
        return cls(**{**told, "channels": tuple(service.channels)})

    @property
    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**told, "channels": list(self.channels)}

    def check(self) -> None:
        """Raises ``EntryRefusedError``."""
        _check_named("name", self.name)
        if (self.take_up is None) != (self.take_up_on is None):
            if self.take_up is None:
                raise EntryRefusedError("take_up", _l("Enter the take-up rate counted that day."))
            raise EntryRefusedError("take_up_on", _l("Enter the day the take-up was counted."))
        if self.retired_on and self.stage is not ServiceStage.RETIRED:
            message = _l("Choose the stage “Retired”, or leave this day empty.")
            raise EntryRefusedError("retired_on", message)
        if self.stage is ServiceStage.RETIRED and not self.retired_on:
            raise EntryRefusedError("retired_on", _l("Enter the day the service was retired."))
        if self.launched_on and self.retired_on and self.retired_on < self.launched_on:
            message = _l("Enter a day that is the day of the launch or a later one.")
            raise EntryRefusedError("retired_on", message)


@dataclass(frozen=True)
class OutsideEntry:
    """A consultation held elsewhere; see ``OutsideConsultation``."""

    title: Localized
    opens_on: date
    closes_on: date
    means: tuple[str, ...] = ()
    address: str = ""

    @classmethod
    def of(cls, held: OutsideConsultation) -> "OutsideEntry":
        told = {field.name: getattr(held, field.name) for field in fields(cls)}
        return cls(**{**told, "means": tuple(held.means)})

    @property
    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**told, "means": list(self.means)}

    def check(self) -> None:
        """Raises ``EntryRefusedError``."""
        _check_named("title", self.title)
        if self.closes_on < self.opens_on:
            message = _l("Enter a closing day that is the opening day or a later one.")
            raise EntryRefusedError("closes_on", message)
        if not self.means:
            raise EntryRefusedError("means", _l("Choose at least one way to take part."))
        if not set(self.means) <= set(Means):
            raise EntryRefusedError("means", _l("Choose among the ways to take part."))
        if self.address and not _is_web_address(self.address):
            message = _l("Write the address as https://www.example.org/page.")
            raise EntryRefusedError("address", message)


def flat(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the audit trail keeps them, each language of a text by itself."""
    told: dict[str, Any] = {}
    for name, value in columns.items():
        if isinstance(value, Localized):
            told |= {f"{name}_{lang}": getattr(value, lang) for lang in LANGUAGES}
        else:
            told[name] = value.isoformat() if isinstance(value, date) else value
    return told


def slug_for(name: Localized, taken: set[str]) -> str:
    """An address for a service of this name that is not in ``taken``, which it is added to."""
    words = re.findall(r"[a-z0-9]+", fold(name.fr or name.en))
    base = "-".join(words)[:70].strip("-") or "service"
    slug, number = base, 2
    while slug in taken | NOT_SERVICES:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _check_named(field: str, name: Localized) -> None:
    messages = {"fr": _l("Enter the name in French."), "en": _l("Enter the name in English.")}
    for lang in name.missing:
        raise EntryRefusedError(f"{field}_{lang}", messages[lang])


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and " " not in address
    except ValueError:
        return False
