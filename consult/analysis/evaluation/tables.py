"""The figures of an evaluation as lines of a table."""

from collections.abc import Iterable

import numpy as np

from consult.analysis.evaluation.evaluate import Line
from consult.analysis.evaluation.labelled import Labelled

HEADER = (
    "recipe", "themes", "V", "ARI", "leak", "without", "together", "stability", "seconds",
)  # fmt: skip
#: What each column is, for whoever reads it.
LEGEND = (
    "themes: asked or found, of how many true ones",
    "V: V-measure, themes beside the true ones; ARI: adjusted Rand index",
    "leak: adjusted mutual information of theme and language (0: none)",
    "without: share of comments without a theme",
    "together: share of translations in the same theme",
    "stability: mean ARI between groupings of different 80 % of the comments",
)


def cells(line: Line, true_count: int) -> list[str]:
    """One cell for each column of :data:`HEADER`; a dash where nothing can be said."""
    found = line.scores
    how = "asked" if line.asked else "found"
    figures = (found.v, found.ari, found.leak, found.without, found.together, line.stability)
    return [
        line.recipe,
        f"{found.themes:.0f} {how} / {true_count}",
        *map(figure, figures),
        f"{line.seconds:.1f}",
    ]


def figure(value: float) -> str:
    """``.123``; ``–`` for what cannot be said."""
    if np.isnan(value):
        return "–"
    return f"{value + 0.0:.3f}".replace("0.", ".", 1)


def in_markdown(labelled: Labelled, lines: Iterable[Line]) -> list[str]:
    """A heading and a table of Markdown."""
    rows = [
        [f"**{cell}**" if line.recipe.startswith("consult") and n < 4 else cell
         for n, cell in enumerate(cells(line, labelled.true_count))]
        for line in lines
    ]  # fmt: skip
    return [
        f"### {labelled.name}",
        "",
        described(labelled),
        "",
        f"| {' | '.join(HEADER)} |",
        f"| --- | {' | '.join(['---:'] * (len(HEADER) - 1))} |",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]


def described(labelled: Labelled) -> str:
    """How many comments, in which languages, with how many true themes."""
    langs = [
        f"{int(np.sum(labelled.langs == lang)):,} in {name}"
        for lang, name in (("fr", "French"), ("en", "English"))
        if np.any(labelled.langs == lang)
    ]
    return f"{len(labelled):,} comments ({', '.join(langs)}), {labelled.true_count} true themes."


def written_below(before: str, lines: list[str], mark: str = "<!-- tables -->") -> str:
    """``lines`` below what stands in ``before`` up to ``mark``, that mark included."""
    return before.split(mark)[0].rstrip() + f"\n\n{mark}\n\n" + "\n".join(lines).rstrip() + "\n"
