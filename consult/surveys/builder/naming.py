"""Names for questions and choices, made from their words."""

import re
import unicodedata
from collections.abc import Collection

#: Short enough to read as the heading of a column.
LENGTH = 40


def proposed_name(words: str, taken: Collection[str], *, first: str = "q") -> str:
    """A name like 'votre_region' from 'Votre région ?', not in ``taken``.

    ``first`` stands before a name that would begin with a digit, or alone when no letter is left.
    """
    spelled = re.sub("[œŒ]", "oe", re.sub("[’']", " ", words))
    bare = unicodedata.normalize("NFKD", spelled)
    ascii_only = bare.encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", re.sub(r"\$\{\w*\}", "", ascii_only)).strip("_")
    if len(name) > LENGTH:
        name = name[: LENGTH + 1].rpartition("_")[0] or name[:LENGTH]
    if not name or name[0].isdigit():
        name = f"{first}_{name}".rstrip("_")
    return new_name(name, taken)


def new_name(name: str, taken: Collection[str]) -> str:
    """``name`` itself when it is free, else the first free of 'name_2', 'name_3' …"""
    if name not in taken:
        return name
    stem = re.sub(r"_\d+$", "", name)[:70]
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"
