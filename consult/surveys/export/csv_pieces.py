"""CSV text, a few rows at a time."""

import csv
import io
from collections.abc import Generator, Iterable
from itertools import islice

from consult.surveys.export.cells import Cell

#: Rows in each piece of a stream.
PIECE = 500


def csv_pieces(
    header: Iterable[str],
    rows: Iterable[Iterable[Cell]],
    *,
    delimiter: str = ",",
    byte_order_mark: bool = False,
) -> Generator[bytes]:
    """A CSV file of a header and its rows in UTF-8, lines ended by CRLF.

    ``byte_order_mark``: without it, Excel misreads accents.
    """
    rows = iter(rows)
    buffer = io.StringIO("\ufeff" if byte_order_mark else "", newline="")
    buffer.seek(0, io.SEEK_END)
    write = csv.writer(buffer, delimiter=delimiter).writerows
    write([header])
    while True:
        write(islice(rows, PIECE))
        piece = buffer.getvalue()
        if not piece:
            return
        yield piece.encode()
        buffer.seek(0)
        buffer.truncate()
