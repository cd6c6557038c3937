"""The comments that speak best for a theme."""

from collections.abc import Sequence

import numpy as np

from consult.analysis.text.tokens import Texts

READABLE = (40, 280)  # characters


def representative_rows(
    points: np.ndarray,
    centre: np.ndarray,
    texts: Texts,
    langs: Texts,
    count: int = 3,
    variety: float = 0.4,
    pool: int = 15,
) -> list[int]:
    """Positions of up to ``count`` comments of one theme: central, unlike each other, readable.

    The first is the most central; each next one trades centrality against likeness to those
    chosen (maximal marginal relevance, Carbonell and Goldstein, 1998), among the ``pool`` most
    central of each language. Where a fifth of the comments or more are in the other language, it
    is heard too.
    """
    central = np.round(points @ centre - _reading_penalty(texts), 4)
    best = np.argsort(-central, kind="stable")
    close = [
        row for lang in sorted(set(langs)) for row in [r for r in best if langs[r] == lang][:pool]
    ]
    chosen: list[int] = []
    while len(chosen) < min(count, len(close)):
        score = central[close] - _language_penalty(
            [langs[row] for row in close], langs, chosen, count
        )
        if chosen:
            near = np.round(points[close] @ points[chosen].T, 4).max(axis=1)
            score = score - variety / (1 - variety) * near
        score[[row in chosen for row in close]] = -np.inf
        chosen.append(close[int(np.argmax(score))])
    return chosen


def _reading_penalty(texts: Texts) -> np.ndarray:
    least, most = READABLE
    lengths = np.array([len(text) for text in texts])
    shouted = np.array([text.isupper() for text in texts])
    penalty = 0.3 * (lengths < least) + 0.5 * (lengths > most) + 0.2 * (lengths > 500)
    return np.asarray(penalty + 0.3 * shouted)


def _language_penalty(
    candidates: Sequence[str], langs: Texts, chosen: Sequence[int], count: int
) -> np.ndarray:
    """The last place goes to a language not yet heard that a fifth of the comments are in."""
    everyone = np.asarray(langs, dtype=object)
    spoken = {lang for lang in set(langs) if (everyone == lang).mean() >= 0.2}
    missing = spoken - {langs[row] for row in chosen}
    last = len(chosen) == count - 1 and bool(missing)
    rare = np.array([lang not in spoken for lang in candidates])
    unheard = np.array([lang not in missing for lang in candidates])
    return 0.3 * rare + 2.0 * (unheard & last)
