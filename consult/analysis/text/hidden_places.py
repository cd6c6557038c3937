"""Which cells of themes and groups may not be shown."""

import numpy as np

from consult.suppression import hidden_cells


def hidden_places(
    counts: np.ndarray, beside: np.ndarray | None = None, already: np.ndarray | None = None
) -> np.ndarray:
    """The cells of ``counts`` (groups, themes) that may not be shown, True in the same shape.

    Small cells are hidden, and what would let one work them out from the total of the theme. A
    theme that nobody speaks of is never shown, and tells nothing.

    Args:
        beside: comments of each group that have no theme, never shown themselves; the total of a
            group that has a cell to show is known then, and must not tell a hidden cell either.
        already: cells that are hidden for another reason.
    """
    spoken = np.flatnonzero(counts.any(axis=0))
    hidden = np.zeros(counts.shape, dtype=bool) if already is None else already.copy()
    before = -1
    while hidden.sum() > before:
        before = int(hidden.sum())
        for theme in spoken:
            hidden[_hidden(counts[:, theme], hidden[:, theme]), theme] = True
        if beside is None:
            continue
        for group in range(len(counts)):
            line = np.append(counts[group, spoken], beside[group])
            known = np.append(hidden[group, spoken], True)
            if known[:-1].any() and not known[:-1].all():
                places = _hidden(line, known)
                hidden[group, spoken[places[places < len(spoken)]]] = True
    hidden[:, ~counts.any(axis=0)] = True
    return hidden


def _hidden(counts: np.ndarray, already: np.ndarray) -> np.ndarray:
    line, known = counts.tolist(), np.flatnonzero(already).tolist()
    return np.array(sorted(hidden_cells(line, sum(line), exclusive=True, already=known)), dtype=int)
