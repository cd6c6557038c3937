"""From a group of questions on the same choices to a matrix."""

from typing import Any

from consult.questionnaires.importing import Asked, Names, Rule, question_name, text
from consult.questionnaires.xlsform.groups import Node
from consult.questionnaires.xlsform.lists import json_cell, mark_stale
from consult.questionnaires.xlsform.questions import (
    choices_of,
    conditions,
    finish_texts,
    required,
)
from consult.questionnaires.xlsform.reading import Reading, columns_of
from consult.questionnaires.xlsform.records import OURS, Record


def read_matrix(reading: Reading, node: Node, relevant: list[Rule]) -> Asked:
    """The matrix of a group: its label above, a line per question."""
    record, lines = node.record, [child.record for child in node.children]
    header = lines[0] if lines[0].peek("appearance") == "label" else None
    if header:
        lines = lines[1:]
        reading.carry(header)
    asked = Asked(reading.carry(record), _fields(reading, node, header), columns=columns_of(record))
    asked.fields["rows"] = _rows(reading, asked.name, lines)
    asked.items = {
        "choices": asked.fields.pop("_places"),
        "rows": [line.place for line in lines],
    }
    finish_texts(asked.fields, record, exact=reading.exact)
    asked.relevant = [*relevant, *conditions(record)]
    return asked


def _fields(reading: Reading, node: Node, header: Record | None) -> dict[str, Any]:
    record, first = node.record, node.children[0]
    label = record.text("label") or (header and header.text("label")) or text()
    rules = required(first.record if not reading.exact else record)
    record.get("appearance"), record.get(f"{OURS}type"), record.get("type")
    if header:
        header.get("type"), header.get("name"), header.get("appearance"), header.get("required")
    return {
        "type": "matrix",
        "name": _name(reading, record, first.record),
        "label": label,
        "hint": record.text("hint"),
        "required_message": record.text("required_message"),
        "constraint": record.get("constraint"),
        "constraint_message": record.text("constraint_message"),
        **rules,
        **choices_of(reading, first.record, first.kind),
    }


def _name(reading: Reading, record: Record, first: Record) -> str:
    """The group's name; a group may have none, then it is made from its first line's."""
    if record.peek("name"):
        return reading.name(record)
    return reading.names.give(f"{question_name(first.peek('name'))}_table")


def _rows(reading: Reading, matrix: str, lines: list[Record]) -> list[dict[str, Any]]:
    rows = []
    names = Names()
    for line in lines:
        wanted = question_name(line.peek("name")).removeprefix(f"{matrix}_")
        name = names.give(question_name(wanted))
        reading.name(line, f"{matrix}_{name}")
        row = {
            "name": name,
            "label": line.text("label") or text(),
            "columns": json_cell(line, "columns"),
        }
        mark_stale(row, line.get(f"{OURS}stale"))
        reading.carry(line)
        line.ignore()
        rows.append(row)
    return rows
