"""The two tables of the register: their columns, their headings in both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.db import Localized
from consult.register.csv_files.cells import day, one_of, several_of, share, text, yes_or_no
from consult.register.entries import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_OWNER,
    LONGEST_TEXT,
    OutsideEntry,
    ServiceEntry,
)
from consult.register.words import CHANNEL_LABELS, MEANS_LABELS, STAGE_LABELS


@dataclass(frozen=True)
class Column:
    """One column: the field it tells, its heading, how a cell is read and its words written."""

    name: str
    heading: LazyString
    read: Callable[[str], Any]
    labels: Mapping[Any, LazyString] = field(default_factory=dict)


IDENTIFIER = Column("identifier", _l("Identifier"), text(80))
BODY = Column("body", _l("Public body"), text(80))

SERVICE_COLUMNS = (
    IDENTIFIER,
    BODY,
    Column("name_fr", _l("Name in French"), text(LONGEST_NAME)),
    Column("name_en", _l("Name in English"), text(LONGEST_NAME)),
    Column("description_fr", _l("Description in French"), text(LONGEST_TEXT)),
    Column("description_en", _l("Description in English"), text(LONGEST_TEXT)),
    Column("owner", _l("Unit"), text(LONGEST_OWNER)),
    Column("stage", _l("Stage"), one_of(STAGE_LABELS), STAGE_LABELS),
    Column("launched_on", _l("Launch"), day),
    Column("retired_on", _l("Retired on"), day),
    Column("is_new", _l("New"), yes_or_no),
    Column("is_digital", _l("Digital"), yes_or_no),
    Column("is_end_to_end", _l("Digital from end to end"), yes_or_no),
    Column("take_up", _l("Take-up rate"), share),
    Column("take_up_on", _l("Take-up counted on"), day),
    Column("channels", _l("Channels"), several_of(CHANNEL_LABELS, others=True), CHANNEL_LABELS),
)

OUTSIDE_COLUMNS = (
    IDENTIFIER,
    BODY,
    Column("title_fr", _l("Title in French"), text(LONGEST_NAME)),
    Column("title_en", _l("Title in English"), text(LONGEST_NAME)),
    Column("opens_on", _l("Opens on"), day),
    Column("closes_on", _l("Closes on"), day),
    Column("means", _l("Ways to take part"), several_of(MEANS_LABELS, others=False), MEANS_LABELS),
    Column("address", _l("Web address"), text(LONGEST_ADDRESS)),
)


def values_of(entry: ServiceEntry | OutsideEntry) -> dict[str, Any]:
    """What an entry tells, by the name of the column."""
    told: dict[str, Any] = {}
    for name, value in vars(entry).items():
        if isinstance(value, Localized):
            told |= {f"{name}_fr": value.fr, f"{name}_en": value.en}
        else:
            told[name] = value
    return told


def service_entry(values: Mapping[str, Any]) -> ServiceEntry:
    """The entry that the cells of a line make."""
    return ServiceEntry(**_whole(values, ("name", "description")))


def outside_entry(values: Mapping[str, Any]) -> OutsideEntry:
    """The same of a consultation held elsewhere."""
    return OutsideEntry(**_whole(values, ("title",)))


def _whole(values: Mapping[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    """Columns of both languages as one text, the others as they are."""
    told = dict(values)
    for name in texts:
        told[name] = Localized(told.pop(f"{name}_fr", ""), told.pop(f"{name}_en", ""))
    return told
