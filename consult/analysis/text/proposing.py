"""Themes proposed among some comments: those of one theme, or those that fit nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.clustering import ConsensusKMeans, centres, distinct
from consult.analysis.text.labels import ThemeLabeler, label_in
from consult.analysis.text.language import languages_of
from consult.analysis.text.placing import Placer
from consult.analysis.text.theme_count import choose_theme_count

MOST = 6  # groups proposed
FEWEST = 4  # comments in a group


@dataclass(frozen=True)
class Group:
    """Comments that could be a theme: its labels, their positions, the most typical first."""

    label_fr: str
    label_en: str
    rows: list[int]


def proposed_groups(
    placer: Placer, texts: Sequence[str], langs: Sequence[str], *, closeness: float = 0.0
) -> list[Group]:
    """Comments cut into two to six groups by what they say, the largest first.

    Their number is chosen as for an analysis. Groups of fewer than 4 comments, and those whose
    mean cosine with their centre is under ``closeness``, are left out.
    """
    spoken = languages_of(texts, langs)
    with threadpool_limits(limits=1):
        points = placer.points(texts, langs)
        rows = np.flatnonzero(points.any(axis=1))
        if len(rows) < 2 * FEWEST or distinct(points[rows], 2 * FEWEST) < 2 * FEWEST:
            return []
        wanted = int(np.clip(choose_theme_count(points[rows]), 2, MOST))
        labels = ConsensusKMeans(wanted).fit(points[rows]).labels_
        main = np.full(len(texts), -1)
        main[rows] = labels
        near = np.zeros(len(texts))
        near[rows] = np.einsum("ij,ij->i", points[rows], centres(points[rows], labels)[labels])
        main = _worth_a_theme(main, near, closeness)
        if main.max() < 0:
            return []
        tokens = placer.lemmatizer.transform(texts, spoken)
        named = ThemeLabeler().fit(tokens, spoken, main).labels_
    return [
        Group(
            label_in(name, "fr"),
            label_in(name, "en"),
            sorted(np.flatnonzero(main == group).tolist(), key=lambda row: (-near[row], row)),
        )
        for group, name in enumerate(named)
    ]


def _worth_a_theme(main: np.ndarray, near: np.ndarray, closeness: float) -> np.ndarray:
    """Groups numbered anew, the largest first; -1 for comments of none."""
    sizes = np.bincount(main[main >= 0])
    good = [
        group
        for group in np.argsort(-sizes, kind="stable")
        if sizes[group] >= FEWEST and near[main == group].mean() >= closeness
    ]
    numbered = np.full(len(main), -1)
    for number, group in enumerate(good):
        numbered[main == group] = number
    return numbered
