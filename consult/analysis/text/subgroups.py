"""Which groups of people a theme hits hardest: by language, region, channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import fisher_exact
from scipy.stats import t as student

from consult.analysis.text.hidden_places import hidden_places
from consult.analysis.text.many_tests import holm_adjusted
from consult.analysis.text.trends import ALPHA, counts_of

COLUMNS = (
    "grouping", "group", "theme", "comments", "voices", "share", "share_others", "share_p",
    "rated", "mean_rating", "mean_others", "mean_p", "speaks_more", "rates_lower",
)  # fmt: skip
SUM_COLUMNS = (
    "grouping", "group", "theme", "side", "voices", "everyone", "rated", "weight", "squares",
    "ratings", "spread",
)  # fmt: skip
MOST_GROUPS = 30  # of one grouping, the largest
_ROUNDING = 1 / 12  # variance that whole numbers hide (Sheppard, 1898)


@dataclass(frozen=True)
class Said:
    """What subgroups are looked for in.

    ``shares`` is (comments, themes), ``voices`` (comments,) with 0 for those that say nothing,
    ``ratings`` (comments,) with NaN for none, ``units`` (comments,) the number of the campaign, or
    of the comment itself.
    """

    shares: csr_array
    voices: np.ndarray
    ratings: np.ndarray
    units: np.ndarray


@dataclass(frozen=True)
class Compared:
    """What groups of people say of each theme, as far as it may be shown.

    Attributes:
        table: ``COLUMNS``, a line for each cell (theme and group) that may be shown.
        sums: ``SUM_COLUMNS``, what each line is worked out from, once for the 'group' and once for
            the 'others': Σ v·s, Σ v, number of rated comments and, over units of weight w and
            rating r, Σ w, Σ w², Σ w·r and Σ w·r²; the last five NaN where no mean may be shown.
        open: names of the groupings that have nothing to hide.
    """

    table: pd.DataFrame
    sums: pd.DataFrame
    open: tuple[str, ...]


def subgroups(said: Said, groupings: Mapping[str, pd.Series]) -> Compared:
    """Each theme in each group against the other groups of its grouping.

    Two questions are asked of a group, as many times as there are themes and groups. Does it speak
    of the theme more than the others (Fisher's exact test on voices, rounded to whole ones)? Is
    what it says of the theme rated lower (Welch's test on means weighted by v·s, with Kish's
    effective numbers)? All p values, of both questions and of all groupings, are corrected
    together by Holm's method; ``speaks_more`` and ``rates_lower`` hold below ``ALPHA``.

    Small cells are left out, and not tested: those of fewer than ``THRESHOLD`` comments, and those
    that would let one work such a cell out from the total of the theme or of the group. The mean of
    fewer than ``THRESHOLD`` rated comments, and what would tell their number, is NaN.

    Args:
        groupings: for each grouping (its name), the group of each comment, missing where unknown.

    Sources: Welch, *Biometrika* 34 (1947); Kish, *Survey Sampling* (1965), 11.7.
    """
    found = {name: _of_grouping(said, name, groups) for name, groups in groupings.items()}
    lines = [line for one in found.values() for line in one.lines]
    table = pd.DataFrame(lines, columns=list(COLUMNS[:-2]))
    adjusted = holm_adjusted(np.concatenate([table["share_p"], table["mean_p"]]).astype(float))
    table["share_p"], table["mean_p"] = adjusted[: len(table)], adjusted[len(table) :]
    more = table["share"] > table["share_others"]
    lower = table["mean_rating"] < table["mean_others"]
    table["speaks_more"] = more & (table["share_p"] <= ALPHA)
    table["rates_lower"] = lower & (table["mean_p"] <= ALPHA)
    sums = [line for one in found.values() for line in one.sums]
    return Compared(
        table[list(COLUMNS)],
        pd.DataFrame(sums, columns=list(SUM_COLUMNS)),
        tuple(name for name, one in found.items() if one.is_open),
    )


@dataclass(frozen=True)
class _Grouping:
    """The lines of one grouping, p values not corrected yet, and the sums behind them."""

    lines: list[tuple[object, ...]]
    sums: list[tuple[object, ...]]
    is_open: bool


def _of_grouping(said: Said, name: str, groups: pd.Series) -> _Grouping:
    place, names = _places(groups, said.voices > 0)
    rows = np.flatnonzero(place >= 0)
    found = _Grouping([], [], is_open=False)
    if len(names) < 2:
        return found
    member = csr_array(
        (np.ones(len(rows)), (place[rows], np.arange(len(rows)))), shape=(len(names), len(rows))
    )
    shares, voices = said.shares[rows], said.voices[rows]
    spoken = ((member * voices) @ shares).toarray()
    everyone = member @ voices
    comments = (member @ (shares > 0).astype(float)).toarray().astype(int)
    unthemed = member @ (np.diff((shares > 0).tocsr().indptr) == 0)
    hidden = hidden_places(comments, unthemed.astype(int))
    ratings = _Ratings.of(said, place, len(names))
    unrated = hidden_places(ratings.number.astype(int), already=hidden)
    for theme in range(shares.shape[1]):
        for group in np.flatnonzero(~hidden[:, theme]).tolist():
            inside = (spoken[group, theme], everyone[group])
            others = (spoken[:, theme].sum() - inside[0], everyone.sum() - inside[1])
            p_value = fisher_exact([counts_of(*inside), counts_of(*others)]).pvalue
            sides = None if unrated[group, theme] else ratings.sides(group, theme)
            cell = (name, names[group], theme + 1)
            found.lines.append(
                (*cell, int(comments[group, theme]), inside[0], inside[0] / inside[1],
                 others[0] / others[1], p_value, *_compared(sides))
            )  # fmt: skip
            told = sides or ((np.nan,) * len(SUM_COLUMNS[6:]),) * 2
            found.sums.append((*cell, "group", *inside, *told[0]))
            found.sums.append((*cell, "others", *others, *told[1]))
    is_cut = bool((groups.notna().to_numpy() & (said.voices > 0) & (place < 0)).any())
    covered = (hidden & comments.any(axis=0)) | (unrated & ratings.number.any(axis=0))
    return _Grouping(found.lines, found.sums, is_open=not is_cut and not covered.any())


def _places(groups: pd.Series, counted: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """The number of each comment's group, -1 for none, and the names of the groups."""
    known = groups.notna().to_numpy() & counted
    sizes = groups[known].astype(str).value_counts()
    largest = sizes.sort_index().sort_values(ascending=False, kind="stable")[:MOST_GROUPS]
    names = sorted(largest.index)
    place = np.full(len(groups), -1)
    place[known] = pd.Index(names).get_indexer(groups[known].astype(str))
    return place, names


@dataclass(frozen=True)
class _Ratings:
    """Sums of the rated comments of each group and theme, each array (groups, themes).

    ``number`` of comments; over units, whose weight w is the Σ v·s of their comments and whose
    rating r is their weighted mean: Σ w, Σ w², Σ w·r and Σ w·r².
    """

    number: np.ndarray
    weight: np.ndarray
    squares: np.ndarray
    rated: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, said: Said, place: np.ndarray, groups: int) -> "_Ratings":
        themes = said.shares.shape[1]
        parts = said.shares.tocoo()
        row, theme = parts.coords
        weight = said.voices[row] * parts.data
        kept = (weight > 0) & (place[row] >= 0) & ~np.isnan(said.ratings[row])
        row, theme, weight = row[kept], theme[kept], weight[kept]
        cell = place[row] * themes + theme
        unit = pd.factorize(said.units[row])[0].astype(np.int64)
        units, of_unit = np.unique(unit * (groups * themes) + cell, return_inverse=True)
        heavy = np.bincount(of_unit, weight, len(units))
        rated = np.bincount(of_unit, weight * said.ratings[row], len(units))
        cell_of = units % (groups * themes)

        def total(cells: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
            return np.bincount(cells, values, groups * themes).reshape(groups, themes)

        return cls(
            total(cell), total(cell_of, heavy), total(cell_of, heavy**2), total(cell_of, rated),
            total(cell_of, rated**2 / heavy),
        )  # fmt: skip

    def sides(self, group: int, theme: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The sums of a cell, and those of the other groups."""
        sums = (self.number, self.weight, self.squares, self.rated, self.spread)
        inside = tuple(float(one[group, theme]) for one in sums)
        everyone = (float(one[:, theme].sum()) for one in sums)
        return inside, tuple(all_ - own for all_, own in zip(everyone, inside, strict=True))


def _compared(
    sides: tuple[Sequence[float], Sequence[float]] | None,
) -> tuple[int, float, float, float]:
    """Rated comments, their mean, that of the other groups, p value of Welch's test."""
    if sides is None:
        return 0, np.nan, np.nan, np.nan
    inside, others = (_Sample.of(sums) for sums in sides)
    return int(sides[0][0]), inside.mean, others.mean, _welch(inside, others)


@dataclass(frozen=True)
class _Sample:
    """Mean, variance (unbiased) and effective number of a weighted sample."""

    mean: float
    variance: float
    size: float

    @classmethod
    def of(cls, sums: Sequence[float]) -> "_Sample":
        _number, weight, squares, rated, spread = sums
        mean, size = rated / weight, weight**2 / squares
        around = max(spread / weight - mean**2, 0.0)
        return cls(mean, around * size / (size - 1) if size > 1 + 1e-9 else np.nan, size)


def _welch(one: _Sample, other: _Sample) -> float:
    """Two-sided p value that two means differ by chance; NaN when either is of one unit."""
    if np.isnan(one.variance + other.variance):
        return float("nan")
    parts = np.array([one.variance / one.size, other.variance / other.size])
    if parts.sum() <= 1e-12:
        parts = np.array([_ROUNDING / one.size, _ROUNDING / other.size])
    freedom = parts.sum() ** 2 / (parts**2 / (np.array([one.size, other.size]) - 1)).sum()
    distance = abs(one.mean - other.mean) / np.sqrt(parts.sum())
    return float(2 * student.sf(distance, freedom))
