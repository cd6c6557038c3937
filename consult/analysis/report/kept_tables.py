"""The tables an analysis keeps beside its report: a ZIP of CSV files in UTF-8, read without pandas.

Worked out by a worker, changed and handed out by a web process.
"""

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence

GROUP_SUMS = "group_sums.csv"

#: Columns of comments.csv that tell what group somebody is of.
_GROUPINGS = {"lang", "channel", "region", "group"}


def packed_tables(tables: Mapping[str, str]) -> bytes:
    """The files by name, as a ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in tables.items():
            files.writestr(name, content.encode("utf-8-sig"))
    return packed.getvalue()


def unpacked_tables(kept: bytes) -> dict[str, str]:
    """The files by name; those kept before there were ``GROUP_SUMS`` without anyone's groups, which
    would let one count what the report hides."""
    with zipfile.ZipFile(io.BytesIO(kept)) as files:
        tables = {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}
    if GROUP_SUMS not in tables and "comments.csv" in tables:
        tables["comments.csv"] = _without(tables["comments.csv"], _GROUPINGS)
    return tables


def without_erased(tables: Mapping[str, str], standing: Collection[str]) -> dict[str, str]:
    """The same tables, where what tells a comment that is not ``standing``, its identifier and its
    date, is blank. Its numbers stay: the figures of the report were worked out with them."""
    if "comments.csv" not in tables:
        return dict(tables)
    lines = list(csv.reader(io.StringIO(tables["comments.csv"])))
    names = [lines[0].index(name) for name in ("comment", "date")]
    for line in lines[1:]:
        if line[names[0]] not in standing:
            for place in names:
                line[place] = ""
    return {**tables, "comments.csv": _written(lines)}


def _without(table: str, columns: Collection[str]) -> str:
    lines = list(csv.reader(io.StringIO(table)))
    kept = [place for place, name in enumerate(lines[0]) if name not in columns]
    return _written([line[place] for place in kept] for line in lines)


def _written(lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()
