"""The demo's words, read from the files of ``content/``; all of it is fictitious."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consult.db import Localized

FOLDER = Path(__file__).parent / "content"


def read_json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def consultations() -> list[dict[str, Any]]:
    return [read_json(f"consultations/{p.name}") for p in sorted(FOLDER.glob("consultations/*"))]


def answers_to(slug: str) -> list[dict[str, str]]:
    """The answers of a consultation that has some, oldest first; empty otherwise."""
    name = f"answers/{slug}.csv"
    rows = list(read_rows(name)) if (FOLDER / name).exists() else []
    return sorted(rows, key=lambda row: -float(row["days_ago"]))


def words(texts: dict[str, str] | None) -> Localized:
    """A text of both languages, as the files write it."""
    return Localized(**texts) if texts else Localized()
