"""Comments in parts analysed by whoever maps: this process, or the workers of a cluster.

The stages are those of ``analyze_comments``, and give the same: what must know all comments at once
(which texts are the same or near copies, themes, resampling) is done here on numbers and on the
texts of the sample; what is of one comment is done where it is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.scale import passes
from consult.analysis.scale.corpus import Corpus, Map
from consult.analysis.scale.parts import Part
from consult.analysis.scale.passes import Attributed, Learned
from consult.analysis.text.at_scale import SamplePlacer, learned_rows, spread
from consult.analysis.text.attribution import Attribution
from consult.analysis.text.finding import Found, find_themes
from consult.analysis.text.membership import Membership
from consult.analysis.text.priorities import LEVEL
from consult.analysis.text.results import Analysis, Parameters
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.stages import (
    analysis_of,
    column,
    evidence_of,
    named,
    representatives_of,
)
from consult.analysis.text.tables import shares_by_group
from consult.analysis.text.voices import Voices
from consult.analysis.text.weighing import weigh

_PIECES = ("row", "start", "end", "words", "theme", "polarity", "sign")


@dataclass(frozen=True)
class ScaledAnalysis:
    """The ``found`` themes and priorities, but for the pieces of comments, which stay where they
    were read.

    ``comments`` has what is told of each comment, and the text of those learned on, else ''.
    """

    found: Analysis
    comments: pd.DataFrame


def in_this_process(
    work: Callable[..., Any], calls: Sequence[tuple[Any, ...]], shared: Any = None
) -> list[Any]:
    """The simplest ``Map``."""
    last = () if shared is None else (shared,)
    return [work(*call, *last) for call in calls]


def analyze_parts(
    parts: Sequence[Part], do: Map = in_this_process, *, themes: int | None = None, seed: int = 0,
    bootstrap: int = 2000,
) -> ScaledAnalysis:  # fmt: skip
    """What ``analyze_comments`` finds in the comments of all parts, in their order."""
    corpus = Corpus.of(parts, do(passes.hear, [(part,) for part in parts]))
    voices, ratings = corpus.voices(do), passes.ratings_of(corpus.about)
    with threadpool_limits(limits=1):  # sums in one order: the same result on every run
        space = CommentSpace(random_state=seed)
        rows = learned_rows(len(voices.sayings), seed)
        learned = voices.sayings[rows]
        voices.texts[learned] = corpus.gathered(passes.words_at, voices.first[learned], do)
        points = space.fit_transform(voices.texts[learned], voices.langs[learned])
        found = find_themes(points, themes, seed)
        names = named(found, space, voices.langs[learned], [])
        space.tokens_ = []  # of no use where others are placed
        placer = SamplePlacer(space, found.centres, points, found.placed, found.sub)
        known = Learned(placer, space, found.centres, _scale(ratings))
        found = _everywhere(found, known, voices, rows, corpus, do)
        said = _attributed(found, known, voices, corpus, do)
        examples = representatives_of(points, said.main, found.centres, voices, learned)
    langs, answered = corpus.langs, corpus.answered
    evidence = evidence_of(corpus.about, langs, ratings, answered, voices, said, None)
    analysis = analysis_of(
        voices, langs, answered, ratings, found, names, said, weigh(evidence, bootstrap, seed),
        evidence, None, Parameters(themes, len(names.labels), seed, bootstrap, LEVEL), examples,
        shares_by_group(said.main, column(corpus.about, "group"), answered, len(names.labels)),
    )  # fmt: skip
    texts = np.full(len(langs), "", dtype=object)
    texts[voices.first[learned]] = voices.texts[learned]
    return ScaledAnalysis(analysis, corpus.about.assign(text=texts))


def _scale(ratings: np.ndarray) -> tuple[float, float] | None:
    known = ratings[np.isfinite(ratings)]
    if not known.size or known.min() == known.max():
        return None
    return float(known.min()), float(known.max())


def _everywhere(
    found: Found, learned: Learned, voices: Voices, rows: np.ndarray, corpus: Corpus, do: Map
) -> Found:
    """The themes of all sayings, from those of the numbers ``rows``."""
    total = len(voices.sayings)
    if len(rows) == total:
        return found
    others = voices.sayings[np.setdiff1d(np.arange(total), rows)]
    first = voices.first[others]
    told = corpus.gathered(passes.placed, first, do, corpus.langs[first], shared=learned)
    main, weight, sub = (np.array(values) for values in zip(*told, strict=True))
    known = (found.placed, found.sub)
    placed, parts = spread(rows, total, known, (Membership(main, weight), sub))
    return replace(found, placed=placed, sub=parts)


def _attributed(
    found: Found, learned: Learned, voices: Voices, corpus: Corpus, do: Map
) -> Attribution:
    """The themes of every comment."""
    own = np.full(len(corpus.langs), -1)
    own[voices.rows] = found.placed.main[voices.saying_of[voices.wording_of]]
    cut = zip(
        corpus.parts, corpus.cut(corpus.langs), corpus.cut(corpus.answered), corpus.cut(own),
        strict=True,
    )  # fmt: skip
    calls = [(part, langs, said, themes[said]) for part, langs, said, themes in cut]
    done: list[Attributed] = do(passes.attributed, calls, learned)
    return Attribution(
        pd.DataFrame(columns=list(_PIECES)),
        csr_array(vstack([one.shares for one in done], format="csr")),
        csr_array(vstack([one.polarity for one in done], format="csr")),
        np.concatenate([one.main for one in done]),
    )
