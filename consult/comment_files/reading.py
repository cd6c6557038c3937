"""A file of comments as a table of text, whatever program wrote it."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from consult.comment_files.messages import CommentFileError, _

DELIMITERS = (",", ";", "\t")
NO_DELIMITER = "\x1f"  # for a file of one column, whose commas are the comments' own
LONGEST_CELL = 10_000_000  # characters
_SIGNATURES = {
    b"%PDF": _("This file is a PDF. Export the comments as a CSV file and try again."),
    b"PK\x03\x04": _(
        "This file is a spreadsheet or a ZIP archive. Save the sheet as a CSV file and try again."
    ),
    b"\xd0\xcf\x11\xe0": _(
        "This file is an Excel workbook. Save the sheet as a CSV file and try again."
    ),
    b"\x1f\x8b": _("This file is compressed. Unpack it and try again with the CSV file."),
}
_NUMBER = re.compile(r"\s*[-+]?\d+([.,]\d+)?\s*$|\s*\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")


def read_comments_file(path: str | Path) -> pd.DataFrame:
    """The rows of a CSV file, every cell as text, empty cells as ''.

    Reads UTF-8 (with or without BOM), UTF-16 with BOM and Windows-1252; comma, semicolon or tab;
    quoted line breaks. Empty lines are skipped, short lines filled up.

    Raises:
        CommentFileError: the file is missing, empty, not a CSV file, has no header or no row, or
            a line has more values than the header has columns.
    """
    text = _decoded(_content(Path(path)))
    delimiter = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = _header(next((row for row in reader if row), []))
        rows = [_fitted(row, len(header), reader.line_num) for row in reader if row]
    except csv.Error as error:
        raise CommentFileError(
            _("Line %(line)s can’t be read as CSV. Check its quotation marks and try again."),
            line=reader.line_num,
        ) from error
    if not rows:
        raise CommentFileError(
            _("This file has column names but no row below them. Add the comments and try again.")
        )
    return pd.DataFrame(rows, columns=header, dtype=str)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommentFileError(
            _("The file %(file)s can’t be opened. Check its name and that you may read it."),
            file=path.name,
        ) from error
    if not content.strip():
        raise CommentFileError(_("This file is empty. Choose a CSV file that holds comments."))
    for signature, message in _SIGNATURES.items():
        if content.startswith(signature):
            raise CommentFileError(message)
    return content


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise CommentFileError(
        _("This file is not text. Save the comments as a CSV file in UTF-8 and try again.")
    )


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into the most columns, the same number each time."""
    sample = io.StringIO(text[:200_000], newline="").readlines()[:200]

    def regularity(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        if not widths or widths[0] < 2:
            return 0.0, 0
        return Counter(widths)[widths[0]] / len(widths), widths[0]

    best = max(DELIMITERS, key=regularity)
    return best if regularity(best)[1] else NO_DELIMITER


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or any(len(name) > 120 or _NUMBER.match(name) for name in names):
        raise CommentFileError(
            _("The first line must hold the names of the columns. Add it and try again.")
        )
    seen: Counter[str] = Counter()
    unique = []
    for position, name in enumerate(names, start=1):
        name = name or f"({position})"
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def _fitted(row: list[str], width: int, line: int) -> list[str]:
    if any(cell.strip() for cell in row[width:]):
        raise CommentFileError(
            _(
                "Line %(line)s has %(found)s values for %(expected)s columns. "
                "Put each comment between quotation marks and try again."
            ),
            line=line,
            found=len(row),
            expected=width,
        )
    return row[:width] + [""] * (width - len(row))
