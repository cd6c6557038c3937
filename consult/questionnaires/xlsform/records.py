"""A sheet's rows by the meaning of their columns; what nobody asks for is told at the end."""

from collections.abc import Iterator
from typing import NamedTuple

from consult.questionnaires.importing import (
    Fault,
    ImportRefusedError,
    Loss,
    Place,
    side_of,
    text,
)
from consult.questionnaires.xlsform.sheets import Line, Sheet

#: The start of the columns that are ours; other programs ignore them.
OURS = "consult::"

#: Older and rarer names of columns. Source: pyxform.aliases.
ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "set_form_title": "form_title",
    "title": "form_title",
}
#: Columns that stand inside another: 'bind::relevant', 'control:appearance', 'media::image'.
WRAPPERS = {"bind", "control", "body", "media"}
TEXTS = {"label", "hint", "guidance_hint", "required_message", "constraint_message"}
MEDIA = {"image", "audio", "video", "big-image"}
SMART = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


class Column(NamedTuple):
    """What a column holds; ``language`` as the header writes it, for texts and media."""

    key: str
    language: str
    header: str


def column_of(header: str) -> Column:
    """The meaning of a header in the many ways people write it."""
    if header.strip().lower().startswith(OURS):
        ours, _, language = header.strip()[len(OURS) :].partition("::")
        return Column(OURS + ours.lower(), language, header)
    plain = " ".join(header.split())
    parts = [part.strip() for part in plain.split("::" if "::" in plain else ":")]
    if "jr" in parts:
        place = parts.index("jr")
        parts[place : place + 2] = ["jr:" + "".join(parts[place + 1 : place + 2])]
    if len(parts) > 1 and parts[0].lower() in WRAPPERS:
        parts = parts[1:]
    key = parts[0].lower()
    key = ALIASES.get(key) or ALIASES.get(key.replace(" ", "_")) or key.replace(" ", "_")
    if len(parts) > 1 and key not in TEXTS | MEDIA:
        return Column(plain, "", header)
    return Column(key, "::".join(parts[1:]), header)


class Record:
    """One row. Reading a column marks it as read; ``unread`` are those that nobody asked for."""

    def __init__(self, table: "Table", line: Line) -> None:
        self._table = table
        self._read: set[Column] = set()
        self.place = Place(table.name, line.number)
        self.cells = {
            column: line.cells[index]
            for index, column in table.columns.items()
            if index in line.cells and (table.exact or line.cells[index].strip())
        }

    def get(self, key: str) -> str:
        """A word or an expression: spaces made plain; empty when the cell is blank."""
        cell = self._cell(key)
        return cell if self._table.exact else " ".join(cell.translate(SMART).split())

    def raw(self, key: str) -> str:
        """A cell as it is."""
        return self._cell(key)

    def _cell(self, key: str) -> str:
        for column, cell in self.cells.items():
            if column.key == key:
                self._read.add(column)
                return cell
        return ""

    def peek(self, key: str) -> str:
        """The same, without marking it as read."""
        return next((cell for c, cell in self.cells.items() if c.key == key), "").strip()

    def header(self, key: str) -> str:
        """The header of a column, as the file writes it."""
        return next((c.header for c in self.cells if c.key == key), key)

    def at(self, key: str) -> Place:
        return self.place._replace(column=self.header(key))

    def text(self, key: str) -> dict[str, str] | None:
        """A text; None when it has no word in a language of ours.

        A column that names no language is in the main one, or in the other where the main one has
        its own column; it stays unread where both have theirs.
        """
        sides = text()
        for column in self.cells:
            if column.key == key and (side := side_of(column.language)) and not sides[side]:
                sides[side] = self._words(column)
        plain = next((c for c in self.cells if c.key == key and not c.language), None)
        if plain and not sides[self._table.language]:
            sides[self._table.language] = self._words(plain)
        elif plain and self.cells[plain].strip() in {side.strip() for side in sides.values()}:
            self._read.add(plain)
        return sides if any(sides.values()) else None

    def _words(self, column: Column) -> str:
        self._read.add(column)
        cell = self.cells[column]
        return cell if self._table.exact else cell.strip()

    @property
    def unread(self) -> list[Column]:
        return [column for column in self.cells if column not in self._read]

    def ignore(self) -> None:
        """Says that the whole row is accounted for otherwise."""
        self._read.update(self.cells)


class Table:
    """A sheet under its header. ``exact`` when we wrote it: spaces in its cells then matter."""

    def __init__(self, sheet: Sheet, language: str, *, exact: bool = False) -> None:
        self.name = sheet.name
        self.language = language
        self.exact = exact
        cells = sheet.header.cells
        self.columns = {i: column_of(cells[i]) for i in cells if cells[i].strip()}
        self._refuse_doubles(sheet)
        self.records = [Record(self, line) for line in sheet.lines[1:]]
        self._nameless = [
            Loss(Place(sheet.name, line.number), "value", {"value": words[:200]})
            for line in sheet.lines[1:]
            for index, words in line.cells.items()
            if index not in self.columns and words.strip()
        ]

    def _refuse_doubles(self, sheet: Sheet) -> None:
        seen: dict[tuple[str, str], str] = {}
        for column in self.columns.values():
            meaning = (column.key, column.language)
            if meaning in seen:
                place = Place(sheet.name, sheet.header.number, column.header)
                fault = Fault(place, "duplicate_column", {"name": seen[meaning]})
                raise ImportRefusedError([fault])
            seen[meaning] = column.header

    def has(self, key: str) -> bool:
        return any(column.key == key for column in self.columns.values())

    def losses(self, by_row: set[str]) -> Iterator[Loss]:
        """What nobody read: cell by cell for the columns ``by_row``, else column by column."""
        yield from self._nameless
        counts: dict[Column, int] = {}
        for record in self.records:
            for column in record.unread:
                if column.key in by_row and not _foreign(column):
                    place = record.place._replace(column=column.header)
                    yield Loss(place, "value", {"value": record.cells[column][:200]})
                else:
                    counts[column] = counts.get(column, 0) + 1
        for column, count in counts.items():
            place = Place(self.name, 0, column.header)
            if _foreign(column):
                yield Loss(place, "language", {"language": column.language, "count": str(count)})
            else:
                yield Loss(place, "column", {"count": str(count)})


def _foreign(column: Column) -> bool:
    return bool(column.language) and not side_of(column.language)
