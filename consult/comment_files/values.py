"""What the cells of a column mean: ratings, languages, dates."""

import re
from dataclasses import dataclass

import pandas as pd

from consult.comment_files.messages import Message, _
from consult.config import QUEBEC_TIME

_WORDS = {
    "positif": 5, "positive": 5, "neutre": 3, "neutral": 3, "négatif": 1, "negatif": 1,
    "negative": 1, "very good": 5, "good": 4, "neither good nor poor": 3, "poor": 2,
    "very poor": 1, "très satisfait": 5, "satisfait": 4, "insatisfait": 2, "très insatisfait": 1,
    "very satisfied": 5, "satisfied": 4, "dissatisfied": 2, "very dissatisfied": 1,
}  # fmt: skip
_SCALES = ((1, 5), (0, 10), (0, 100))
_GOOD = r"(?:very[ _]?)?(?:good|best|pos\w*|satisf\w*|bon\w*|excellent)"
_BAD = r"(?:very[ _]?)?(?:poor|bad|worst|neg\w*|unsatisf\w*|dissatisf\w*|insatisf\w*|mauvais\w*)"
_LOW_IS_GOOD = re.compile(rf"(\d+)[ _=:-]*{_GOOD}[^\d]*(\d+)[ _=:-]*{_BAD}")
_LANGUAGE = re.compile(r"(fr|en)([-_].*)?|(fran[cç]ais|french|fra|fre)|(anglais|english|eng)")
_DAY_MONTH = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})")
_ZONE = re.compile(r":\d{2}.*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}")


@dataclass(frozen=True)
class Ratings:
    """Ratings where higher is better (NaN when missing), their scale, and what was done to them."""

    values: pd.Series
    scale: tuple[float, float] | None
    notes: tuple[Message, ...]


def numbers(cells: pd.Series) -> pd.Series:
    """Numbers and rating words ('Positif', 'Very good') as floats, NaN for anything else."""
    plain = cells.astype(str).str.strip().str.casefold()
    words = plain.map(_WORDS).astype(float)
    return words.fillna(pd.to_numeric(plain.str.replace(",", "."), errors="coerce"))


def ratings(cells: pd.Series) -> Ratings:
    """The ratings of a column, turned when its name says that low is good.

    A name such as ``rating_1good_5poor`` gives the scale and turns it; otherwise the scale is the
    first of 1–5, 0–10 and 0–100 that holds nine numbers in ten. What lies outside is dropped.
    """
    values, name = numbers(cells), str(cells.name)
    notes = []
    unread = int((values.isna() & (cells.str.strip() != "")).sum())
    if unread:
        notes.append(
            Message(_("Ratings that could not be read and are left out: %(num)s."), {"num": unread})
        )
    turned = _LOW_IS_GOOD.search(name.casefold())
    scale = (float(turned[1]), float(turned[2])) if turned else _scale(values.dropna())
    if scale:
        outside = values.notna() & ~values.between(*scale)
        values = values.mask(outside)
        if outside.any():
            text = _("Ratings outside %(low)g to %(high)g, left out: %(num)s.")
            bounds = {"low": scale[0], "high": scale[1]}
            notes.append(Message(text, {"num": int(outside.sum()), **bounds}))
    if turned and scale:
        values = sum(scale) - values
        text = _("In “%(column)s” low is good: each rating x is read as %(sum)g − x.")
        notes.append(Message(text, {"column": name, "sum": sum(scale)}))
    return Ratings(values, scale, tuple(notes))


def _scale(values: pd.Series) -> tuple[float, float] | None:
    for low, high in _SCALES:
        if len(values) and values.between(low, high).mean() >= 0.9:
            return float(low), float(high)
    return None


def languages(cells: pd.Series) -> pd.Series:
    """'fr', 'en' or None for cells such as 'FR', 'fr-CA', 'Français', 'English'."""
    return cells.map(_language).astype(object)


def _language(cell: str) -> str | None:
    found = _LANGUAGE.fullmatch(cell.strip().casefold())
    if not found:
        return None
    return found[1] or ("fr" if found[3] else "en")


def dates(cells: pd.Series) -> pd.Series:
    """Dates and times in Québec, NaT where there is none; those with a zone are brought there.

    Year first as in ISO 8601, or three numbers: the day comes first unless a second number above
    12 says that the month does, and no first number above 12 says otherwise.
    """
    found = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[ns]")
    year_first = cells.str.match(_YEAR_FIRST)
    found[year_first] = _parsed(cells[year_first])
    parts = cells.str.extract(_DAY_MONTH).apply(pd.to_numeric, errors="coerce")
    month_first = bool((parts[1] > 12).any() and not (parts[0] > 12).any())
    numbered = parts[0].notna() & ~year_first
    found[numbered] = _parsed(cells[numbered], dayfirst=not month_first)
    return found


def _parsed(cells: pd.Series, dayfirst: bool = False) -> pd.Series:
    cells = cells.str.strip()
    as_utc = pd.to_datetime(cells, errors="coerce", utc=True, format="mixed", dayfirst=dayfirst)
    in_quebec = as_utc.dt.tz_convert(QUEBEC_TIME).dt.tz_localize(None)
    has_zone = cells.str.contains(_ZONE)
    return as_utc.dt.tz_localize(None).mask(has_zone, in_quebec).astype("datetime64[ns]")
