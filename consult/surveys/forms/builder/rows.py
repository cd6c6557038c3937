"""Rows of a form that grow without JavaScript: choices, and the rows of a matrix.

A button of the form sends 'choices-add', 'choices-up-2', 'choices-down-2' or 'choices-remove-2';
the form comes back with its rows so arranged. Lines typed in the text area beside become rows.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

#: More rows than this are shown as lines to edit in one text area.
MOST_ROWS = 60

_ROW = re.compile(r"(\d{1,6})-(.+)")
_ACTION = re.compile(r"(add|up|down|remove)(?:-(\d{1,6}))?")
_STEPS = {"up": -1, "down": 1}

#: A row of a submitted form: the end of each field's name, to its values.
Row = dict[str, list[str]]


def arranged(sent: MultiDict[str, str], prefix: str, action: str) -> MultiDict[str, str]:
    """What a form sent, its rows of ``prefix`` without blanks and arranged as ``action`` asks."""
    rows = _rows_of(sent, prefix)
    _arrange(rows, action.removeprefix(f"{prefix}-"))
    rows = [row for row in rows if any(row.get(end, [""])[0].strip() for end in _WORDS)]
    lines = lines_in(sent.get(f"{prefix}_lines", ""))
    if len(rows) + len(lines) > MOST_ROWS:
        lines = [*map(_line_of_row, rows), *lines]
        return _with_rows(sent, prefix, [], "\n".join(map(written_line, lines)))
    rows += [_row_of_line(line) for line in lines]
    if action == f"{prefix}-add":
        rows.append({end: [""] for end in _WORDS})
    return _with_rows(sent, prefix, rows, "")


_WORDS = ("label-fr", "label-en")


def _rows_of(sent: MultiDict[str, str], prefix: str) -> list[Row]:
    rows: dict[int, Row] = {}
    for key, values in sent.lists():
        found = _ROW.fullmatch(key.removeprefix(f"{prefix}-"))
        if key.startswith(f"{prefix}-") and found:
            rows.setdefault(int(found[1]), {})[found[2]] = values
    return [rows[number] for number in sorted(rows)]


def _arrange(rows: list[Row], action: str) -> None:
    found = _ACTION.fullmatch(action)
    if not found or not found[2] or int(found[2]) >= len(rows):
        return
    row = rows.pop(int(found[2]))
    if found[1] != "remove":
        rows.insert(max(0, int(found[2]) + _STEPS.get(found[1], 0)), row)


def _with_rows(
    sent: MultiDict[str, str], prefix: str, rows: list[Row], lines: str
) -> MultiDict[str, str]:
    others = [
        (key, value)
        for key, value in sent.items(multi=True)
        if not _ROW.fullmatch(key.removeprefix(f"{prefix}-")) and key != f"{prefix}_lines"
    ]
    ours = [
        (f"{prefix}-{number}-{end}", value)
        for number, row in enumerate(rows)
        for end, values in row.items()
        for value in values
    ]
    return MultiDict([*others, *ours, (f"{prefix}_lines", lines)])


def lines_in(text: str) -> list[dict[str, Any]]:
    """Choices written one per line: 'fr', 'fr | en', 'name | fr | en', and '| key=value, …' after.

    A tab (from a spreadsheet) separates as '|' does.
    """
    return [_line(line) for line in text.splitlines() if line.strip(" |\t")]


def _line(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in re.split(r"[|\t]", line, maxsplit=3)]
    if len(parts) < 3:
        parts = ["", *parts]
    name, fr, en, columns = [*parts, "", "", ""][:4]
    return {"name": name, "label": {"fr": fr, "en": en}, "columns": columns_in(columns)}


def written_line(choice: Mapping[str, Any]) -> str:
    """A choice as ``lines_in`` reads it."""
    label = {lang: re.sub(r"[|\s]+", " ", choice["label"][lang]) for lang in ("fr", "en")}
    parts = [choice["name"], label["fr"], label["en"], written_columns(choice.get("columns", {}))]
    return " | ".join(parts).rstrip(" |")


def columns_in(text: str) -> dict[str, str]:
    """'region=03, size=small' as a mapping; what has no '=' is left out."""
    pairs = (part.partition("=") for part in text.split(","))
    return {key.strip(): value.strip() for key, sign, value in pairs if sign and key.strip()}


def written_columns(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in columns.items())


def _row_of_line(line: Mapping[str, Any]) -> Row:
    return {
        "name": [line["name"]],
        "label-fr": [line["label"]["fr"]],
        "label-en": [line["label"]["en"]],
        "columns": [written_columns(line["columns"])],
    }


def _line_of_row(row: Row) -> dict[str, Any]:
    value = {end: values[0] for end, values in row.items()}
    return {
        "name": value.get("name", ""),
        "label": {"fr": value.get("label-fr", ""), "en": value.get("label-en", "")},
        "columns": columns_in(value.get("columns", "")),
    }


def lines_of(choices: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(map(written_line, choices))
