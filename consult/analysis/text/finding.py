"""The themes of what is said: found among it, or given by people."""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.preprocessing import normalize

from consult.analysis.text.at_scale import SamplePlacer, spread
from consult.analysis.text.clustering import ConsensusKMeans, centres
from consult.analysis.text.membership import GivenThemes, Membership, memberships
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.stability import stability
from consult.analysis.text.subthemes import sub_themes
from consult.analysis.text.theme_count import choose_theme_count
from consult.analysis.text.voices import Voices


@dataclass(frozen=True)
class Found:
    """The themes of what is said: ``placed`` and ``sub`` of each saying, ``centres`` (themes x d),
    ``stability`` of each theme, NaN where it was not looked at."""

    placed: Membership
    sub: np.ndarray
    centres: np.ndarray
    stability: np.ndarray


def find_themes(points: np.ndarray, asked: int | None, seed: int) -> Found:
    """Themes numbered from 0, the largest first."""
    spoken = points.any(axis=1)
    if not spoken.any():
        nowhere = np.full(len(points), -1)
        none = Membership(nowhere, np.zeros(len(points)))
        return Found(none, nowhere, np.empty((0, points.shape[1])), np.empty(0))
    wanted = asked or choose_theme_count(points[spoken], seed)
    main = np.zeros(len(points), dtype=int)
    main[spoken] = ConsensusKMeans(wanted, random_state=seed).fit(points[spoken]).labels_
    sizes = np.bincount(main[spoken])
    number = np.empty(len(sizes), dtype=int)
    number[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    main = number[main]
    middles = centres(points[spoken], main[spoken])
    placed = memberships(points, middles, main)
    steady = stability(points[spoken], main[spoken], random_state=seed)
    return Found(placed, sub_themes(points, placed.main, seed), middles, steady)


def everywhere(
    found: Found,
    space: CommentSpace,
    points: np.ndarray,
    voices: Voices,
    rows: np.ndarray,
    given: GivenThemes | None,
) -> Found:
    """The themes of all sayings, from those of the numbers ``rows``."""
    total = len(voices.sayings)
    if len(rows) == total:
        return found
    if given:
        placed = _as_told(given, voices, voices.sayings)
        return replace(found, placed=placed, sub=np.full(total, -1))
    others = voices.sayings[np.setdiff1d(np.arange(total), rows)]
    placer = SamplePlacer(space, found.centres, points, found.placed, found.sub)
    new = placer.place(voices.texts[others], voices.langs[others])
    placed, sub = spread(rows, total, (found.placed, found.sub), new)
    return replace(found, placed=placed, sub=sub)


def _as_told(given: GivenThemes, voices: Voices, wordings: np.ndarray) -> Membership:
    first = voices.first[wordings]
    main = given.main[first]
    return Membership(main, np.where(main < 0, 0.0, given.weight[first]))


def given_themes(
    given: GivenThemes, voices: Voices, learned: np.ndarray, points: np.ndarray
) -> Found:
    """The themes that people keep, among what is said now."""
    placed = _as_told(given, voices, learned)
    main = placed.main
    middles = np.zeros((len(given.labels), points.shape[1]))
    for theme in np.unique(main[main >= 0]):
        middles[theme] = normalize(points[main == theme].mean(axis=0, keepdims=True))[0]
    unknown = np.full(len(given.labels), np.nan)
    return Found(placed, np.full(len(points), -1), middles, unknown)
