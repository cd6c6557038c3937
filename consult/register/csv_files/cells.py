"""What stands in the cells of the register's files: read, and written so that it comes back."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from consult.catalogues import LOCALES
from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text
from consult.searching.asked import fold

#: Between the values of a cell that holds several.
BETWEEN = " | "

_YES = frozenset(("oui", "yes", "o", "y", "vrai", "true", "1", "x"))
_NO = frozenset(("", "non", "no", "n", "faux", "false", "0"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class CellError(ValueError):
    """A cell that cannot be read; ``message`` says what to write."""

    def __init__(self, message: LazyString) -> None:
        super().__init__()
        self.message = message


def text(longest: int) -> Callable[[str], str]:
    """Reads a text of ``longest`` characters at most."""

    def read(cell: str) -> str:
        try:
            cleaned = clean_text(cell)
        except UnstorableTextError as error:
            message = _l("This text contains a character that cannot be kept. Delete it.")
            raise CellError(message) from error
        if len(cleaned) > longest:
            raise CellError(_l("Shorten this text to %(most)s characters.", most=longest))
        return cleaned

    return read


def day(cell: str) -> date | None:
    """Reads a day; blank is none."""
    if not cell:
        return None
    try:
        if _DAY.match(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise CellError(_l("Write a day as 2026-11-23."))


def yes_or_no(cell: str) -> bool:
    """Reads yes or no, in either language; blank is no."""
    said = fold(cell)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise CellError(_l("Write “oui” or “non”, “yes” or “no”."))


def share(cell: str) -> float | None:
    """Reads a percentage as a share from 0 to 1; blank is none."""
    plain = cell.removesuffix("%").strip().replace(",", ".")
    if not plain:
        return None
    try:
        found = float(plain) / 100
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:  # NaN too
        raise CellError(_l("Write a number from 0 to 100, such as 62.5."))
    return found


def one_of(labels: Mapping[Any, LazyString]) -> Callable[[str], Any]:
    """Reads one of the values that ``labels`` names, by its word in either language."""
    known: dict[str, Any] = {}

    def read(cell: str) -> Any:
        known.update({} if known else _named(labels))
        found = known.get(fold(cell))
        if found is None:
            raise CellError(_l("Write one of: %(words)s.", words=_listed(labels)))
        return found

    return read


def several_of(
    labels: Mapping[Any, LazyString], *, others: bool
) -> Callable[[str], tuple[str, ...]]:
    """Reads several values between bars or commas; with ``others``, words of one's own too."""
    known: dict[str, Any] = {}

    def read(cell: str) -> tuple[str, ...]:
        known.update({} if known else _named(labels))
        found = []
        for word in re.split(r"[|,;\n]", cell):
            plain = word.strip()
            if not plain:
                continue
            named = known.get(fold(plain))
            if named is None and not others:
                words = _listed(labels)
                message = _l("Write any of these, with | between them: %(words)s.", words=words)
                raise CellError(message)
            if named is None and len(plain) > 40:
                raise CellError(_l("Shorten this text to %(most)s characters.", most=40))
            found.append(str(named) if named is not None else plain)
        return tuple(dict.fromkeys(found))

    return read


def written(value: Any, labels: Mapping[Any, str], lang: str) -> str:
    """A value as a cell of a file in ``lang`` has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return {True: {"fr": "oui", "en": "yes"}, False: {"fr": "non", "en": "no"}}[value][lang]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        percent = f"{100 * value:.10f}".rstrip("0").rstrip(".")
        return percent.replace(".", ",") if lang == "fr" else percent
    if isinstance(value, (list, tuple)):
        return BETWEEN.join(_word(one, labels) for one in value)
    return _word(value, labels) if labels else str(value)


def _word(value: Any, labels: Mapping[Any, str]) -> str:
    return str(labels[value]) if value in labels else str(value)


def _named(labels: Mapping[Any, LazyString]) -> dict[str, Any]:
    """Values by what they are called, in both languages and in the database."""
    found: dict[str, Any] = {}
    for value, label in labels.items():
        found[fold(value.value if isinstance(value, StrEnum) else value)] = value
        for locale in LOCALES.values():
            with force_locale(locale):
                found[fold(str(label))] = value
    return found


def _listed(labels: Mapping[Any, LazyString]) -> str:
    return ", ".join(str(label) for label in labels.values())
