"""From comments to ranked themes, one stage after the other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.at_scale import learned_rows
from consult.analysis.text.attribution import Attribution, Attributor
from consult.analysis.text.finding import Found, everywhere, find_themes, given_themes
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.language import languages_of
from consult.analysis.text.membership import GivenThemes
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.priorities import LEVEL
from consult.analysis.text.representatives import clearness, representative_rows
from consult.analysis.text.results import Analysis, Parameters
from consult.analysis.text.sentence_vectors import SentenceVectors
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.tables import (
    assignments,
    campaigns,
    counts,
    parts,
    ranking,
    shares_by_group,
    shares_table,
)
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
    ratings = pd.to_numeric(_column(comments, "rating"), errors="coerce").to_numpy(dtype=float)
    tell("languages", 0.0)
    langs = languages_of(texts, _column(comments, "lang").to_numpy(dtype=object))
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
        named = _named(found, space, voices.langs[learned], given.labels if given else [])
        tell("segments", 0.7)
        found = everywhere(found, space, points, voices, rows, given)
        attributor = Attributor(voices, space, found.centres)
        said = attributor.attribute(found.placed.main[voices.saying_of], ratings, given)
        examples = _representatives(points, said.main, found.centres, voices, learned)
    tell("priorities", 0.9)
    evidence = _evidence(comments, langs, ratings, answered, voices, said, scale)
    weighed = weigh(evidence, bootstrap, seed)
    analysis = _analysis(
        voices, langs, answered, ratings, found, named, said, weighed, evidence, given,
        Parameters(themes, len(named.labels), seed, bootstrap, LEVEL),
        examples,
        shares_by_group(said.main, _column(comments, "group"), answered, len(named.labels)),
    )  # fmt: skip
    tell("done", 1.0)
    return analysis


@dataclass(frozen=True)
class _Named:
    """The names of themes, their key phrases, and the names of the sub-themes of each."""

    labels: list[dict[str, str]]
    phrases: list[dict[str, list[str]]]
    parts: list[list[dict[str, str]]]


def _column(comments: pd.DataFrame, name: str) -> pd.Series:
    if name in comments:
        return comments[name].reset_index(drop=True)
    return pd.Series([None] * len(comments), dtype=object)


def _named(
    found: Found, space: CommentSpace, langs: np.ndarray, kept: list[dict[str, str]]
) -> _Named:
    """Names of what was found; people's names stay, where they keep the themes."""
    tokens, main = space.tokens_, found.placed.main
    labeler = ThemeLabeler().fit(tokens, langs, main)
    labels, phrases = kept or labeler.labels_, list(labeler.phrases_)
    phrases += [{"fr": [], "en": []} for _ in labels[len(phrases) :]]
    parts = []
    for theme, label in enumerate(labels):
        rows = np.flatnonzero((main == theme) & (found.sub >= 0))
        named = ThemeLabeler(apart_from=label, natures=labeler.natures_).fit(
            [tokens[row] for row in rows], langs[rows], found.sub[rows]
        )
        parts.append(named.labels_)
    return _Named(labels, phrases, parts)


def _evidence(
    comments: pd.DataFrame,
    langs: np.ndarray,
    ratings: np.ndarray,
    answered: np.ndarray,
    voices: Voices,
    said: Attribution,
    scale: tuple[float, float] | None,
) -> Evidence:
    known = comments.assign(lang=langs).reset_index(drop=True)
    groupings = {
        name: known[name] for name in GROUPINGS if name in known and known[name].nunique() > 1
    }
    return Evidence(
        shares=said.shares,
        ratings=ratings,
        answered=answered,
        voices=voices.voice,
        units=voices.units(),
        polarity=said.polarity,
        dates=pd.to_datetime(_column(comments, "date")),
        groupings=groupings,
        scale=scale,
    )


def _analysis(
    voices: Voices,
    langs: np.ndarray,
    answered: np.ndarray,
    ratings: np.ndarray,
    found: Found,
    named: _Named,
    said: Attribution,
    weighed: Weighed,
    evidence: Evidence,
    given: GivenThemes | None,
    parameters: Parameters,
    representatives: dict[int, list[int]],
    groups: pd.DataFrame,
) -> Analysis:
    sub = voices.everyone(found.sub, said.main, found.placed.main)
    near = np.zeros(len(langs))
    near[voices.rows] = found.placed.weight[voices.saying_of[voices.wording_of]]
    near = given.weight if given else near
    weight = np.where(said.main >= 0, np.clip(near, 0, 1), 0.0)
    return Analysis(
        themes=ranking(weighed, said, named.labels, found.stability),
        assignments=assignments(langs, said, weight, sub, voices),
        segments=said.segments.assign(theme=said.segments["theme"] + 1),
        shares=shares_table(said),
        subthemes=parts(said.main, sub, named.parts, ratings, voices.voice),
        campaigns=campaigns(voices, said.main),
        phrases={theme: told for theme, told in enumerate(named.phrases, 1)},
        overall_mean=weighed.overall_mean,
        basis=weighed.basis,
        counts=counts(langs, answered, said.main, ratings, voices),
        parameters=parameters,
        said_in={n: next(iter(one)) for n, one in enumerate(named.labels, 1) if len(one) == 1},
        rank_groups=[[int(theme) + 1 for theme in run] for run in weighed.groups],
        representatives=representatives,
        trends={theme: change for theme, change in enumerate(weighed.trends.proven(), 1)},
        weighed=weighed,
        evidence=evidence,
        groups=groups,
    )


def _representatives(
    points: np.ndarray, themes: np.ndarray, centres: np.ndarray, voices: Voices, learned: np.ndarray
) -> dict[int, list[int]]:
    """For each theme, the positions of the comments that speak best for it, of those in it.

    ``themes`` is that of every comment.
    """
    main = themes[voices.first[learned]]
    texts, langs = voices.texts[learned], voices.langs[learned]
    chosen = {}
    for theme in range(main.max(initial=-1) + 1):
        rows = np.flatnonzero(main == theme)
        if not len(rows):
            continue  # a theme that is kept, and nobody spoke of
        centre = points[rows].mean(axis=0)
        clear = clearness(points[rows], centres, theme)
        best = representative_rows(points[rows], centre, texts[rows], langs[rows], clear=clear)
        chosen[theme + 1] = [int(voices.first[learned[row]]) for row in rows[best]]
    return chosen
