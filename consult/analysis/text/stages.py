"""What the stages of an analysis give each other, wherever the words of the comments are."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from consult.analysis.text.attribution import Attribution
from consult.analysis.text.finding import Found
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.membership import GivenThemes
from consult.analysis.text.representatives import clearness, representative_rows
from consult.analysis.text.results import Analysis, Parameters
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.tables import (
    assignments,
    campaigns,
    counts,
    parts,
    ranking,
    shares_table,
)
from consult.analysis.text.voices import Voices
from consult.analysis.text.weighing import Evidence, Weighed

GROUPINGS = ("lang", "channel", "region", "group")


@dataclass(frozen=True)
class Named:
    """The names of themes, their key phrases, and the names of the sub-themes of each."""

    labels: list[dict[str, str]]
    phrases: list[dict[str, list[str]]]
    parts: list[list[dict[str, str]]]


def column(comments: pd.DataFrame, name: str) -> pd.Series:
    if name in comments:
        return comments[name].reset_index(drop=True)
    return pd.Series([None] * len(comments), dtype=object)


def named(
    found: Found, space: CommentSpace, langs: np.ndarray, kept: list[dict[str, str]]
) -> Named:
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
    return Named(labels, phrases, parts)


def evidence_of(
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
        dates=pd.to_datetime(column(comments, "date")),
        groupings=groupings,
        scale=scale,
    )


def analysis_of(
    voices: Voices,
    langs: np.ndarray,
    answered: np.ndarray,
    ratings: np.ndarray,
    found: Found,
    named: Named,
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


def representatives_of(
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
