"""The sheet of choices: lists by name, their names in ours, and what filters compare."""

import json
from dataclasses import dataclass, field
from typing import Any

from consult.questionnaires.importing import (
    Draft,
    Fault,
    ImportRefusedError,
    Names,
    Place,
    Renamed,
    choice_name,
    text,
)
from consult.questionnaires.xlsform.records import MEDIA, OURS, Column, Record, Table

#: Columns of a choice that are not what a filter compares.
OWN_COLUMNS = {"list_name", "name", "label", *MEDIA}


@dataclass
class ChoiceList:
    """A list: its choices as a definition has them, and old names to new where they differ."""

    place: Place
    choices: list[dict[str, Any]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    #: Old names that several choices bore: nobody knows which one a rule means.
    ambiguous: set[str] = field(default_factory=set)
    is_used: bool = False
    _raw: set[str] = field(default_factory=set)
    _names: Names = field(default_factory=Names)

    def add(self, draft: Draft, record: Record, raw: str) -> None:
        name = self._names.give(choice_name(raw))
        if raw in self._raw:
            self.ambiguous.add(raw)
        if name != raw:
            self.renamed.setdefault(raw, name)
            draft.renamed.append(Renamed(record.at("name"), raw, name))
        self._raw.add(raw)
        self.choices.append(_choice(record, name))
        self.places.append(record.place)

    def has(self, raw: str) -> bool:
        return raw in self._raw


def read_lists(draft: Draft, table: Table | None, *, doubles: bool) -> dict[str, ChoiceList]:
    """Every list of the sheet; ``doubles`` when the file allows a name twice in one list."""
    lists: dict[str, ChoiceList] = {}
    faults: list[Fault] = []
    for record in table.records if table else []:
        list_name, raw = record.get("list_name"), record.get("name")
        if not list_name:
            if record.cells:
                draft.lose(record.place, "no_list")
            record.ignore()
            continue
        choices = lists.setdefault(list_name, ChoiceList(record.place))
        if not raw:
            faults.append(Fault(record.at("name"), "missing_name"))
        elif choices.has(raw) and not doubles:
            faults.append(Fault(record.at("name"), "duplicate_choice", {"name": raw}))
        else:
            choices.add(draft, record, raw)
    if faults:
        raise ImportRefusedError(faults)
    return lists


def _choice(record: Record, name: str) -> dict[str, Any]:
    label = record.text("label") or text()
    columns = {
        column.header.strip(): record.get(column.key)
        for column in record.cells
        if _is_compared(column)
    }
    columns |= json_cell(record, "columns")
    choice = {"name": name, "label": label, "columns": columns}
    mark_stale(choice, record.get(f"{OURS}stale"))
    return choice


def _is_compared(column: Column) -> bool:
    return column.key not in OWN_COLUMNS and not column.key.startswith(OURS)


def json_cell(record: Record, key: str) -> dict[str, str]:
    """A cell of ours that holds words by name; empty when it is blank or was spoilt."""
    try:
        found = json.loads(record.raw(f"{OURS}{key}") or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def mark_stale(holder: dict[str, Any], marks: str) -> None:
    """Marks the texts that ``marks`` names: 'label:en hint:fr'."""
    for mark in marks.split():
        place, _, side = mark.partition(":")
        if side in ("fr", "en") and isinstance(holder.get(place), dict):
            holder[place] = {**holder[place], "stale": side}
