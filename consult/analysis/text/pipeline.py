"""From comments to ranked themes, one stage after the other."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.at_scale import learned_rows
from consult.analysis.text.attribution import Attributor
from consult.analysis.text.finding import everywhere, find_themes, given_themes
from consult.analysis.text.language import languages_of
from consult.analysis.text.membership import GivenThemes
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.priorities import LEVEL
from consult.analysis.text.results import Analysis, Parameters
from consult.analysis.text.sentence_vectors import SentenceVectors
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

Progress = Callable[[str, float], None]


def analyze_comments(
    comments: pd.DataFrame,
    *,
    themes: int | None = None,
    given: GivenThemes | None = None,
    seed: int = 0,
    bootstrap: int = 2000,
    progress: Progress | None = None,
    vectors: SentenceVectors | None = None,
    scale: tuple[float, float] | None = None,
) -> Analysis:
    """Finds the themes of ``comments``, names them and ranks what to improve first.

    Args:
        comments: one line per comment: ``text``, and where known ``rating`` (higher is better,
            NaN when missing), ``lang`` ('fr', 'en' or missing), ``date`` (datetime), ``channel``,
            ``region``, ``group``.
        themes: how many themes; found when not given.
        given: the themes that people keep, and each comment's place; none is then looked for.
        seed: the same comments and seed give the same analysis.
        bootstrap: resamples behind each interval.
        progress: told the stage ('languages', 'words', 'themes', 'labels', 'segments',
            'priorities', 'done') and the fraction done, 0 to 1.
        vectors: a language model's view of the comments, joined to that of their words.
        scale: the ends of the scale of ratings; the lowest and the highest seen when not given.
    """
    tell = progress or (lambda stage, fraction: None)
    texts = comments["text"].fillna("").astype(str).to_numpy(dtype=object)
    ratings = pd.to_numeric(column(comments, "rating"), errors="coerce").to_numpy(dtype=float)
    tell("languages", 0.0)
    langs = languages_of(texts, column(comments, "lang").to_numpy(dtype=object))
    answered = np.array([not is_non_answer(text) for text in texts], dtype=bool)
    tell("words", 0.1)
    voices = Voices.of(texts, langs, answered)
    with threadpool_limits(limits=1):  # sums in one order: the same result on every run
        space = CommentSpace(vectors, seed)
        rows = learned_rows(len(voices.sayings), seed)
        learned = voices.sayings[rows]
        points = space.fit_transform(voices.texts[learned], voices.langs[learned])
        tell("themes", 0.3)
        kept = given_themes(given, voices, learned, points) if given else None
        found = kept or find_themes(points, themes, seed)
        tell("labels", 0.6)
        names = named(found, space, voices.langs[learned], given.labels if given else [])
        tell("segments", 0.7)
        found = everywhere(found, space, points, voices, rows, given)
        attributor = Attributor(voices, space, found.centres)
        said = attributor.attribute(found.placed.main[voices.saying_of], ratings, given)
        examples = representatives_of(points, said.main, found.centres, voices, learned)
    tell("priorities", 0.9)
    evidence = evidence_of(comments, langs, ratings, answered, voices, said, scale)
    weighed = weigh(evidence, bootstrap, seed)
    analysis = analysis_of(
        voices, langs, answered, ratings, found, names, said, weighed, evidence, given,
        Parameters(themes, len(names.labels), seed, bootstrap, LEVEL),
        examples,
        shares_by_group(said.main, column(comments, "group"), answered, len(names.labels)),
    )  # fmt: skip
    tell("done", 1.0)
    return analysis
