"""Small forms of other programs, made for a test."""

import io

import xlsxwriter

Rows = list[list[str]]


def workbook(**sheets: Rows) -> bytes:
    """An .xlsx with these sheets; the first row of each is its header."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, words in enumerate(row):
                    sheet.write_string(number, column, words)
    return content.getvalue()


def survey(*rows: str, choices: str = "", settings: str = "") -> bytes:
    """An .xlsx of lines 'a | b | c', the first being the header; ``choices`` in the same way."""
    sheets = {"survey": _table("\n".join(rows))}
    for name, lines in (("choices", choices), ("settings", settings)):
        if lines:
            sheets[name] = _table(lines)
    return workbook(**sheets)


def _table(lines: str) -> Rows:
    return [
        [cell.strip() for cell in line.split("|")] for line in lines.split("\n") if line.strip()
    ]
