"""Which theme a text lies in, and how near it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Membership:
    """For each text: its ``main`` theme (-1 when none) and how near it lies, ``weight``, 0 to 1."""

    main: np.ndarray
    weight: np.ndarray


def memberships(
    points: np.ndarray, centres: np.ndarray, main: np.ndarray, floor: float = 0.1,
    most_left_out: float = 0.1,
) -> Membership:  # fmt: skip
    """The theme of each text, unless it is too far from it.

    Args:
        points: texts x d, rows of length 1 or 0.
        centres: themes x d, rows of length 1.
        main: the theme each text was grouped in.
        floor: texts less similar than this to their theme (cosine) have none ...
        most_left_out: ... though never more than this share of them, the farthest first.
    """
    nearness = np.einsum("nd,nd->n", points, centres[main])
    strength = np.round(np.clip(nearness, 0.0, 1.0), 4)
    limit = min(floor, float(np.quantile(strength, most_left_out))) if len(points) else floor
    left_out = (strength < limit) | ~points.any(axis=1)
    return Membership(np.where(left_out, -1, main), np.where(left_out, 0.0, strength))


@dataclass(frozen=True)
class GivenThemes:
    """Themes that people keep, and where each comment of an analysis stands among them.

    ``labels`` has 'fr' and 'en' for each theme; ``main`` is the theme's number for each comment,
    from 0, -1 for none; ``also`` the others that people added; ``weight`` how near it lies, 0 to 1.
    ``pieces``: for the comments (by position) of which people placed a piece, its start, end and
    theme.
    """

    labels: list[dict[str, str]]
    main: np.ndarray
    also: list[list[int]]
    weight: np.ndarray
    pieces: Mapping[int, list[tuple[int, int, int]]] = field(default_factory=dict)
