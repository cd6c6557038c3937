"""From comments to ranked themes, one stage after the other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.attribution import Attribution, Attributor
from consult.analysis.text.clustering import ConsensusKMeans, centres
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.language import LanguageDetector
from consult.analysis.text.membership import GivenThemes, Membership, memberships
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.priorities import LEVEL
from consult.analysis.text.representatives import representative_rows
from consult.analysis.text.results import Analysis, Parameters
from consult.analysis.text.sentence_vectors import SentenceVectors
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.stability import stability
from consult.analysis.text.subthemes import sub_themes
from consult.analysis.text.tables import (
    assignments,
    campaigns,
    counts,
    parts,
    ranking,
    shares_by_group,
    shares_table,
)
from consult.analysis.text.theme_count import choose_theme_count
from consult.analysis.text.voices import Voices
from consult.analysis.text.weighing import Evidence, Weighed, weigh

Progress = Callable[[str, float], None]
GROUPINGS = ("lang", "channel", "region", "group")


def analyze_comments(
    comments: pd.DataFrame,
    *,
    themes: int | None = None,
    given: GivenThemes | None = None,
    seed: int = 0,
    bootstrap: int = 2000,
    progress: Progress | None = None,
    vectors: SentenceVectors | None = None,
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
        progress: told the stage ('languages', 'words', 'themes', 'labels', 'priorities', 'done')
            and the fraction done, 0 to 1.
        vectors: a language model's view of the comments, joined to that of their words.
    """
    tell = progress or (lambda stage, fraction: None)
    texts = comments["text"].fillna("").astype(str).to_numpy(dtype=object)
    ratings = pd.to_numeric(_column(comments, "rating"), errors="coerce").to_numpy(dtype=float)
    tell("languages", 0.0)
    langs = _languages(texts, _column(comments, "lang"))
    answered = np.array([not is_non_answer(text) for text in texts], dtype=bool)
    tell("words", 0.1)
    voices = Voices.of(texts, langs, answered)
    with threadpool_limits(limits=1):  # sums in one order: the same result on every run
        space = CommentSpace(vectors, seed)
        points = space.fit_transform(voices.texts[voices.sayings], voices.langs[voices.sayings])
        tell("themes", 0.3)
        found = _given(given, voices, points) if given else _themes(points, themes, seed)
        tell("labels", 0.6)
        labels = given.labels if given else []
        named = _named(found, space, voices, labels)
        tell("segments", 0.7)
        attributor = Attributor(voices, space, found.centres)
        said = attributor.attribute(found.placed.main[voices.saying_of], ratings, given)
    tell("priorities", 0.9)
    weighed = weigh(_evidence(comments, langs, ratings, answered, voices, said), bootstrap, seed)
    analysis = _analysis(
        voices, langs, answered, ratings, found, named, said, weighed, given,
        Parameters(themes, len(named.labels), seed, bootstrap, LEVEL),
        _representatives(points, found.placed.main, voices),
        shares_by_group(said.main, _column(comments, "group"), answered, len(named.labels)),
    )  # fmt: skip
    tell("done", 1.0)
    return analysis


@dataclass(frozen=True)
class _Found:
    """The themes of what is said: ``placed`` and ``sub`` of each saying, ``centres`` (themes x d),
    ``stability`` of each theme, NaN where it was not looked at."""

    placed: Membership
    sub: np.ndarray
    centres: np.ndarray
    stability: np.ndarray


@dataclass(frozen=True)
class _Named:
    """The names of themes, their key phrases, and the names of the sub-themes of each."""

    labels: list[dict[str, str]]
    phrases: list[dict[str, list[str]]]
    parts: list[list[dict[str, str]]]
