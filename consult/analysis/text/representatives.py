"""The comments that speak best for a theme."""

from collections.abc import Sequence

import numpy as np

READABLE = (40, 280)  # characters


def representative_rows(
    points: np.ndarray,
    centre: np.ndarray,
    texts: Sequence[str],
    langs: Sequence[str],
    count: int = 3,
    variety: float = 0.4,
) -> list[int]:
    """Positions of up to ``count`` comments of one theme: central, unlike each other, readable.

    The first is the most central; each next one trades centrality against likeness to those
    chosen (maximal marginal relevance, Carbonell and Goldstein, 1998). Where a fifth of the
    comments or more are in the other language, it is heard too.
    """
    if not len(texts):
        return []
    central = np.round(points @ centre - _reading_penalty(texts), 4)
    alike = np.round(points @ points.T, 4) if len(texts) <= 1500 else None
    chosen: list[int] = []
    for _ in range(min(count, len(set(texts)))):
        score = central.copy()
        if chosen:
            near = alike[:, chosen] if alike is not None else np.round(points @ points[chosen].T, 4)
            score = (1 - variety) * central - variety * near.max(axis=1)
        score -= _language_penalty(langs, chosen, count)
        taken = {texts[row] for row in chosen}
        score[[text in taken for text in texts]] = -np.inf
        chosen.append(int(np.argmax(score)))
    return chosen


def _reading_penalty(texts: Sequence[str]) -> np.ndarray:
    least, most = READABLE
    lengths = np.array([len(text) for text in texts])
    shouted = np.array([text.isupper() for text in texts])
    return 0.3 * (lengths < least) + 0.5 * (lengths > most) + 0.2 * (lengths > 500) + 0.3 * shouted


def _language_penalty(langs: Sequence[str], chosen: Sequence[int], count: int) -> np.ndarray:
    """The last place goes to a language that is not yet heard and that a fifth or more speak."""
    heard = np.asarray(langs, dtype=object)
    spoken = {lang for lang in set(langs) if (heard == lang).mean() >= 0.2}
    missing = spoken - {langs[row] for row in chosen}
    if len(chosen) < count - 1 or not missing:
        return np.zeros(len(heard))
    return 2.0 * ~np.isin(heard, sorted(missing))
