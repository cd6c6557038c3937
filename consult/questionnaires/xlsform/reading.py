"""What is known while a form is read: its draft, its lists, and the names it gives."""

from dataclasses import dataclass, field

from consult.questionnaires.importing import (
    Draft,
    ImportRefusedError,
    LossKind,
    Names,
    Place,
    Renamed,
    question_name,
    text,
)
from consult.questionnaires.xlsform.kinds import kind_of
from consult.questionnaires.xlsform.lists import ChoiceList
from consult.questionnaires.xlsform.records import Record

#: Longest answer to a text of another program, which set no limit.
TEXT_LENGTH = 1_000


@dataclass
class Reading:
    """The draft under way. ``named`` leads from the file's names to ours."""

    draft: Draft
    lists: dict[str, ChoiceList]
    exact: bool
    named: dict[str, str] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    #: Which list each question of the file chooses from.
    chosen_from: dict[str, ChoiceList] = field(default_factory=dict)
    #: The file's name of each question that was read.
    raw_names: dict[str, str] = field(default_factory=dict)
    offered: int = 0
    names: Names = field(default_factory=Names)
    page_names: Names = field(default_factory=Names)

    def name(self, record: Record, wanted: str = "") -> str:
        """The name for a row that is asked, ``wanted`` or made from the file's."""
        raw = record.get("name")
        if not raw and kind_of(record.get("type")).type == "note":
            return self.names.give(f"note_{record.place.row}")
        if not raw:
            raise ImportRefusedError.because("missing_name", record.at("name"))
        own = record.get("consult::name")
        name = self.names.give(own or wanted or question_name(raw))
        self.know(record, raw, name)
        return name

    def know(self, record: Record, raw: str, name: str) -> None:
        """Remembers that ``raw`` is called ``name`` here."""
        if raw in self.named:
            self.ambiguous.add(raw)
        self.named.setdefault(raw, name)
        self.raw_names[name] = raw
        if raw != name and not self.exact:
            self.draft.renamed.append(Renamed(record.at("name"), raw, name))

    def lose(self, record: Record, kind: LossKind, **params: str) -> None:
        """Lists a row that is not asked; what speaks of it will be listed too."""
        raw = record.get("name")
        label = record.text("label") or text()
        words = {side: label[side][:200] for side in ("fr", "en")}
        self.draft.lose(record.at("type"), kind, name=raw, **words, **params)
        record.ignore()
        if raw and raw not in self.named:
            name = self.names.give(question_name(raw))
            self.named[raw] = name
            self.draft.gone.add(name)

    def carry(self, record: Record) -> Place:
        """Notes that a row has become something; returns its place."""
        self.draft.rows.add(record.place)
        return record.place

    def list_of(self, record: Record, list_name: str) -> ChoiceList:
        """The list a row names; raises ``ImportRefusedError`` when the file has none of it."""
        if list_name not in self.lists:
            place = record.at("type")
            raise ImportRefusedError.because("unknown_list", place, name=list_name)
        chosen = self.lists[list_name]
        chosen.is_used = True
        self.chosen_from.setdefault(record.get("name"), chosen)
        return chosen


def columns_of(record: Record) -> dict[str, str]:
    """The header of each field that has another name here."""
    return {
        "required_if": record.header("required"),
        "choices": record.header("type"),
        "type": record.header("type"),
    } | {column.key: column.header for column in record.cells}
