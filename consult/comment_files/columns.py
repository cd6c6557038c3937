"""Which column of a file holds what."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from consult.comment_files.messages import CommentFileError, _
from consult.comment_files.values import dates, languages, numbers

ROLES = ("text", "rating", "lang", "date", "group")

_NAMES = {
    "text": "text texte comment commentaire commentaires comments verbatim avis feedback reponse "
    "answer message suggestion remarque contribution opinion",
    "rating": "rating note score ressenti satisfaction stars etoiles csat appreciation evaluation",
    "lang": "lang language langue locale lng",
    "date": "date datetime jour timestamp created submitted horodatage day",
    "group": "region channel canal canaux service organization organisation organisme trust "
    "province group groupe segment type department ministere",
}
NAMES = {role: tuple(names.split()) for role, names in _NAMES.items()}


@dataclass(frozen=True)
class ColumnGuess:
    """The column in each role, None where there is none; ``guessed`` roles were not told."""

    text: str
    rating: str | None = None
    lang: str | None = None
    date: str | None = None
    group: str | None = None
    guessed: frozenset[str] = frozenset()


def guess_columns(
    frame: pd.DataFrame,
    text: str | None = None,
    rating: str | None = None,
    lang: str | None = None,
    date: str | None = None,
    group: str | None = None,
) -> ColumnGuess:
    """The column of each role: the one told, else the one that looks most like it.

    Raises:
        CommentFileError: a column told is not in the file, or no column holds text.
    """
    roles = {"text": text, "rating": rating, "lang": lang, "date": date, "group": group}
    told = {role: _existing(frame, name) for role, name in roles.items() if name is not None}
    found = dict(told)
    for role, guess in _GUESSES.items():
        if role not in found:
            free = frame[[name for name in frame.columns if name not in found.values()]]
            name = guess(free)
            if name is not None:
                found[role] = name
    if "text" not in found:
        raise CommentFileError(
            _("No column holds comments. Say which one with --text. Columns: %(columns)s"),
            columns=", ".join(frame.columns),
        )
    return ColumnGuess(**found, guessed=frozenset(found) - frozenset(told))


def _existing(frame: pd.DataFrame, name: str) -> str:
    if name in frame.columns:
        return name
    folded = [column for column in frame.columns if column.casefold() == name.strip().casefold()]
    if len(folded) == 1:
        return str(folded[0])
    raise CommentFileError(
        _("There is no column “%(name)s”. Columns: %(columns)s"),
        name=name,
        columns=", ".join(frame.columns),
    )


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.findall(r"[a-z]+", "".join(c for c in plain if not unicodedata.combining(c)))


def _name_rank(name: str, role: str) -> int | None:
    """Place of the best known word of ``name`` among the names of ``role``, None without one."""
    known = [NAMES[role].index(word) for word in _words(name) if word in NAMES[role]]
    return min(known, default=None)


def _filled(cells: pd.Series) -> pd.Series:
    return cells[cells.str.strip() != ""]


def _text_column(frame: pd.DataFrame) -> str | None:
    """The column of the longest, most varied text; a telling name counts for three."""

    def worth(name: str) -> float:
        cells = _filled(frame[name])
        letters = cells.str.count(r"[^\W\d_]")
        if not len(cells) or letters.mean() < 3:
            return 0.0
        named = 3.0 if _name_rank(name, "text") is not None else 1.0
        return float(letters.mean() * min(1.0, 0.1 + cells.nunique() / len(cells)) * named)

    best = max(frame.columns, key=worth, default=None)
    return best if best is not None and worth(best) > 0 else None


def _by_name(role: str, fits: Callable[[pd.Series], bool]) -> Callable[[pd.DataFrame], str | None]:
    """The column with the best known name of ``role`` among those whose cells fit it."""

    def guess(frame: pd.DataFrame) -> str | None:
        ranks = {name: _name_rank(name, role) for name in frame.columns}
        named = sorted((rank, name) for name, rank in ranks.items() if rank is not None)
        return next((name for _rank, name in named if fits(frame[name])), None)

    return guess


def _holds_ratings(cells: pd.Series) -> bool:
    values = numbers(_filled(cells))
    return len(values) > 0 and values.notna().mean() >= 0.8 and values.nunique() <= 101


def _holds_languages(cells: pd.Series) -> bool:
    filled = _filled(cells)
    return len(filled) > 0 and languages(filled).notna().mean() >= 0.5


def _holds_dates(cells: pd.Series) -> bool:
    filled = _filled(cells)
    return len(filled) > 0 and dates(filled).notna().mean() >= 0.8


def _holds_groups(cells: pd.Series) -> bool:
    """A few short names, given for half the rows or more; numbers are codes, not groups."""
    filled = _filled(cells)
    named = 2 * len(filled) >= len(cells) and bool(numbers(filled).isna().all())
    return named and 2 <= filled.nunique() <= 20 and bool(filled.str.len().mean() <= 40)


#: In this order: each guess is made among the columns that have no role yet.
_GUESSES = {
    "rating": _by_name("rating", _holds_ratings),
    "lang": _by_name("lang", _holds_languages),
    "date": _by_name("date", _holds_dates),
    "text": _text_column,
    "group": _by_name("group", _holds_groups),
}
