"""A CSV file as a header and lines, read one at a time whatever its size."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from consult.surveys.answers_import.errors import LineProblem, TableRefusedError

DELIMITERS = (",", ";", "\t")

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Line(NamedTuple):
    """``number`` is where the line begins in the file, the header being 1.

    ``cells`` are as many as the header's; ``has_more`` tells that others follow them.
    """

    number: int
    cells: list[str]
    has_more: bool


class Table(NamedTuple):
    """``lines`` are those with something in them."""

    header: list[str]
    lines: Iterator[Line]


def read_table(file: IO[bytes]) -> Table:
    """Opens a seekable file: UTF-8, UTF-16 with its mark or Windows-1252; comma, semicolon or tab.

    Raises ``TableRefusedError`` for what is no such file, at once or, past the header, as the lines
    are read.
    """
    text = io.TextIOWrapper(file, _encoding(file), newline="")
    delimiter = _delimiter(text)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableRefusedError([LineProblem(1, "", "not_csv")]) from error
    if not any(header) or "\x00" in "".join(header):
        raise TableRefusedError([LineProblem(0, "", "not_text")])
    return Table(header, _lines(text, reader, len(header)))


def _encoding(file: IO[bytes]) -> str:
    file.seek(0)
    start = file.read(2)
    if start in _UTF_16:
        return "utf-16"
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(1 << 20):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(text: io.TextIOWrapper) -> str:
    """The separator that cuts the header into the most columns."""
    text.seek(0)
    try:
        header = text.readline(1_000_000)
    except UnicodeError as error:
        raise TableRefusedError([LineProblem(0, "", "not_text")]) from error
    text.seek(0)
    return max(DELIMITERS, key=header.count)


def _lines(text: io.TextIOWrapper, reader: Any, width: int) -> Iterator[Line]:
    begins = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                has_more = any(cell.strip() for cell in cells[width:])
                yield Line(begins, cells[:width] + [""] * (width - len(cells)), has_more)
            begins = reader.line_num + 1
    except (csv.Error, UnicodeError) as error:
        raise TableRefusedError([LineProblem(begins, "", "not_csv")]) from error
    finally:
        text.detach()  # the file belongs to whoever opened it
