"""Which themes a comment speaks of, and how strongly."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Membership:
    """For each comment: ``main`` theme (-1 when none), ``themes`` (all, main first), ``weight``."""

    main: np.ndarray
    themes: list[list[int]]
    weight: np.ndarray


def memberships(
    points: np.ndarray,
    centres: np.ndarray,
    main: np.ndarray,
    closeness: float = 0.85,
    floor: float = 0.1,
    most_left_out: float = 0.1,
) -> Membership:
    """Themes of each comment from its cosine with the centre of each theme.

    Args:
        points: comments x d, rows of length 1 or 0.
        centres: themes x d, rows of length 1.
        main: the theme each comment was grouped in.
        closeness: a theme counts too when its cosine is at least this share of the main one's.
        floor: comments less similar than this to their theme have none ...
        most_left_out: ... though never more than this share of them, the farthest first.
    """
    similarity = np.round(np.clip(points @ centres.T, 0.0, 1.0), 4)
    strength = similarity[np.arange(len(points)), main]
    limit = min(floor, float(np.quantile(strength, most_left_out))) if len(points) else floor
    left_out = (strength < limit) | ~points.any(axis=1)
    themes = [
        [] if out else _close_themes(row, own, closeness)
        for row, own, out in zip(similarity, main, left_out, strict=True)
    ]
    return Membership(np.where(left_out, -1, main), themes, np.where(left_out, 0.0, strength))


def _close_themes(similarity: np.ndarray, main: int, closeness: float, most: int = 3) -> list[int]:
    close = np.flatnonzero(similarity >= max(closeness * similarity[main], 0.2))
    nearest = close[np.argsort(-similarity[close], kind="stable")]
    return [int(main), *(int(theme) for theme in nearest if theme != main)][:most]


@dataclass(frozen=True)
class GivenThemes:
    """Themes that people keep, and where each comment of an analysis stands among them.

    ``labels`` has 'fr' and 'en' for each theme; ``main`` is the theme's number for each comment,
    from 0, -1 for none; ``also`` its other themes; ``weight`` how near it lies, 0 to 1.
    """

    labels: list[dict[str, str]]
    main: np.ndarray
    also: list[list[int]]
    weight: np.ndarray

    def among(self, answered: np.ndarray) -> Membership:
        """The themes of all comments; those that say nothing have none."""
        main = np.where(answered, self.main, -1)
        themes = [
            [] if own < 0 else [int(own), *(theme for theme in others if theme != own)]
            for own, others in zip(main, self.also, strict=True)
        ]
        return Membership(main, themes, np.where(main < 0, 0.0, self.weight))
