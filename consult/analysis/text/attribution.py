"""Who speaks of what: the themes of every comment, segment by segment, and how favourably."""

from array import array
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from consult.analysis.text.membership import GivenThemes
from consult.analysis.text.polarity import PolarityScorer
from consult.analysis.text.segment_themes import NONE, Segments, theme_shares, themes_of_segments
from consult.analysis.text.segments import Segment, SegmentSplitter
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.voices import Voices

_AT_ONCE = 20_000  # segments brought to points at a time


@dataclass(frozen=True)
class Attribution:
    """The themes of n comments.

    Attributes:
        segments: ``row`` (the comment's position), ``start``, ``end``, ``words``, ``theme`` (from
            0, -1 for none), ``polarity`` (-1 to 1), ``sign`` (-1, 0 or 1); in order.
        shares: (comments, themes), of each comment in each theme; a row sums to 1 or 0.
        polarity: of the same shape: how favourable the comment is about the theme.
        main: the theme of the largest share, -1 for none.
    """

    segments: pd.DataFrame
    shares: csr_array
    polarity: csr_array
    main: np.ndarray


class Attributor:
    """Gives each comment its themes, from those of what is said as a whole.

    Args:
        voices: the comments by their wordings.
        space: where the themes were found.
        centres: (themes, d), 0 for a theme nothing is known of.
        scale: the least and greatest rating, when more were given than those of these comments.
    """

    def __init__(
        self, voices: Voices, space: CommentSpace, centres: np.ndarray,
        scale: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        self._voices, self._space, self._centres, self._scale = voices, space, centres, scale
        self._sizes, self._spans = _cut(voices.texts)
        self._begins = np.cumsum(self._sizes) - self._sizes

    def attribute(
        self, own: np.ndarray, ratings: np.ndarray, given: GivenThemes | None = None
    ) -> Attribution:
        """The themes of every comment.

        Args:
            own: the theme of each wording as a whole, -1 for none.
            ratings: of each comment, NaN when it has none.
            given: where people, or their codeframe, have put the comments: none leaves its theme.
        """
        voices, themes = self._voices, len(self._centres)
        placed = self._placed(own)
        sizes, begins = self._sizes, self._begins
        each = sizes[voices.wording_of]
        rows = np.repeat(voices.rows, each)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
        number = np.repeat(begins[voices.wording_of], each) + within
        theme = placed.theme[number]
        if given:
            spans = np.column_stack([placed.start[number], placed.end[number]])
            theme = _as_given(rows, spans, theme, given)
        polarity, sign = self._polarity(ratings, rows, within)
        segments = pd.DataFrame(
            {
                "row": rows, "start": placed.start[number], "end": placed.end[number],
                "words": placed.words[number], "theme": theme, "polarity": polarity, "sign": sign,
            }
        )  # fmt: skip
        shares = _shares(segments, len(ratings), themes)
        favour = _favour(segments, len(ratings), themes)
        whole = np.full(len(ratings), NONE)
        whole[voices.rows] = own[voices.wording_of]
        if given:
            shares, favour = _with_also(shares, favour, segments, given)
            return Attribution(segments, shares, favour, _main(shares, given))
        return Attribution(segments, shares, favour, _largest(shares, whole))

    def _placed(self, own: np.ndarray) -> Segments:
        """The segments of all wordings, those of a single one in the theme of the whole."""
        texts, sizes, spans = self._voices.texts, self._sizes, self._spans
        owner = np.repeat(np.arange(len(texts)), sizes)
        theme = own[owner]
        parted = np.flatnonzero(sizes[owner] > 1)
        for start in range(0, len(parted), _AT_ONCE):
            rows = parted[start : start + _AT_ONCE]
            said = [texts[o][a:b] for o, (a, b) in zip(owner[rows], spans[rows], strict=True)]
            theme[rows] = self._themes(np.array(said, dtype=object), owner[rows], theme[rows])
        words = [len(texts[o][a:b].split()) for o, (a, b) in zip(owner, spans, strict=True)]
        return Segments(owner, spans[:, 0], spans[:, 1], np.maximum(words, 1), theme)

    def _themes(self, said: np.ndarray, owner: np.ndarray, own: np.ndarray) -> np.ndarray:
        langs = self._voices.langs[owner]
        concepts = self._space.concepts(said, langs)
        points = self._space.transform(said, langs, concepts)
        spoken = np.array([len(found) for found in concepts])
        return themes_of_segments(points @ self._centres.T, own, spoken)

    def _polarity(
        self, ratings: np.ndarray, rows: np.ndarray, within: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Score and sign of each segment; a wording is read once for each rating it came with."""
        voices = self._voices
        told = pd.DataFrame({"wording": voices.wording_of, "rating": ratings[voices.rows]})
        number = told.groupby(["wording", "rating"], dropna=False, sort=False).ngroup().to_numpy()
        first = np.unique(number, return_index=True)[1]
        kinds = told.iloc[first]
        wordings = kinds["wording"].to_numpy()
        scorer = PolarityScorer(scale=self._scale).fit((), (), ratings)
        told_ratings = kinds["rating"].to_numpy()
        scores: list[float] = []
        signs: list[int] = []
        for start in range(0, len(wordings), _AT_ONCE):
            some = wordings[start : start + _AT_ONCE]
            read = scorer.transform(
                voices.texts[some], voices.langs[some], told_ratings[start : start + _AT_ONCE],
                [self._segments(wording) for wording in some],
            )  # fmt: skip
            scores += [segment.score for comment in read for segment in comment.segments]
            signs += [segment.sign for comment in read for segment in comment.segments]
        sizes = self._sizes[wordings]
        kind_of = np.full(rows.max(initial=-1) + 1, -1)
        kind_of[voices.rows[voices.rows < len(kind_of)]] = number[voices.rows < len(kind_of)]
        place = (np.cumsum(sizes) - sizes)[kind_of[rows]] + within
        return np.array(scores, dtype=float)[place], np.array(signs, dtype=int)[place]

    def _segments(self, wording: int) -> list[Segment]:
        begin = self._begins[wording]
        spans = self._spans[begin : begin + self._sizes[wording]]
        return [Segment(int(start), int(end)) for start, end in spans]


def _cut(texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many segments each text has, and the start and end of all, one after the other."""
    splitter, sizes = SegmentSplitter(), np.zeros(len(texts), dtype=int)
    spans = array("q")
    for number, text in enumerate(texts):
        found = splitter.split(text)
        sizes[number] = len(found)
        for span in found:
            spans.extend(span)
    return sizes, np.array(spans, dtype=int).reshape(-1, 2)


def _as_given(
    rows: np.ndarray, spans: np.ndarray, theme: np.ndarray, given: GivenThemes
) -> np.ndarray:
    """Segments among the themes a comment was given: the main one keeps at least one of them.

    Last, a segment that people placed, by more than half of its length, has the theme they gave.
    """
    own = given.main[rows]
    kept = theme.copy()
    told = np.array([bool(others) for others in given.also], dtype=bool)
    for place in np.flatnonzero(told[rows]):
        if theme[place] not in given.also[rows[place]]:
            kept[place] = own[place]
    stays = np.zeros(len(given.main), dtype=bool)
    np.logical_or.at(stays, rows, kept == own)
    kept = np.where((own == NONE) | ~stays[rows], own, kept)
    for place in np.flatnonzero(np.isin(rows, list(given.pieces))):
        start, end = spans[place]
        for first, last, number in given.pieces[rows[place]]:
            if 2 * (min(end, last) - max(start, first)) > end - start:
                kept[place] = number
    return kept


def _shares(segments: pd.DataFrame, total: int, themes: int) -> csr_array:
    columns = (segments[name].to_numpy() for name in ("row", "start", "end", "words", "theme"))
    return theme_shares(Segments(*columns), total, themes)


def _favour(segments: pd.DataFrame, total: int, themes: int) -> csr_array:
    """The mean polarity of a comment's segments in each theme, by their words."""
    placed = segments[segments["theme"] != NONE]
    at = (placed["row"].to_numpy(), placed["theme"].to_numpy())
    words = placed["words"].to_numpy(dtype=float)
    said = csr_array((words, at), shape=(total, themes))
    weighed = csr_array((words * placed["polarity"].to_numpy(), at), shape=(total, themes))
    said.sum_duplicates()
    weighed.sum_duplicates()
    weighed.data /= said.data
    return weighed


def _with_also(
    shares: csr_array, favour: csr_array, segments: pd.DataFrame, given: GivenThemes
) -> tuple[csr_array, csr_array]:
    """The same, where each theme that people added has at least an equal part.

    No piece of the comment tells what is said of such a theme: the whole comment does.
    """
    rows = [row for row, others in enumerate(given.also) if others and given.main[row] != NONE]
    if not rows:
        return shares, favour
    changed, told_of = shares.tolil(), favour.tolil()
    said = segments[segments["row"].isin(rows)]
    weighed = (said["polarity"] * said["words"]).groupby(said["row"]).sum()
    whole = weighed / said.groupby("row")["words"].sum()
    for row in rows:
        told = {int(given.main[row]), *given.also[row]}
        missing = sorted(theme for theme in told if not shares[row, theme])
        if missing:
            changed[row] = shares[[row]].toarray() * (1 - len(missing) / len(told))
            changed[row, missing] = 1 / len(told)
            told_of[row, missing] = whole.get(row, 0.0)
    return csr_array(changed.tocsr()), csr_array(told_of.tocsr())


def _main(shares: csr_array, given: GivenThemes) -> np.ndarray:
    """The theme given to each comment; where people placed pieces, that of the largest share."""
    main = np.where(np.diff(shares.indptr) > 0, given.main, NONE)
    moved = np.fromiter(given.pieces, dtype=int, count=len(given.pieces))
    main[moved] = _largest(shares, given.main)[moved]
    return main


def _largest(shares: csr_array, whole: np.ndarray) -> np.ndarray:
    """The theme of the largest share of each row; of equal ones, that of the whole, or the first.

    ``shares`` has its columns in order.
    """
    main = np.full(shares.shape[0], NONE)
    row = np.repeat(np.arange(shares.shape[0]), np.diff(shares.indptr))
    preferred = np.round(shares.data, 6) + 1e-7 * (shares.indices == whole[row])
    order = np.lexsort((shares.indices, -preferred, row))
    rows, first = np.unique(row[order], return_index=True)
    main[rows] = shares.indices[order][first]
    return main
