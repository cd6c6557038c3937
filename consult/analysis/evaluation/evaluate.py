"""Recipes measured on labelled comments, one line each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from consult.analysis.evaluation.labelled import Labelled
from consult.analysis.evaluation.measures import Scores, mean_scores, scores, stability
from consult.analysis.evaluation.recipes import Recipe


@dataclass(frozen=True)
class Effort:
    """How much is measured: runs on all comments (each with its seed), and resamples."""

    seeds: int = 1
    resamples: int = 3


@dataclass(frozen=True)
class Line:
    """What a recipe is worth on a set.

    Attributes:
        asked: the number of themes asked for; None when it was found.
        scores: the mean over the seeds.
        stability: mean adjusted Rand index between resamples.
        seconds: the median time of a run on all comments.
    """

    recipe: str
    asked: int | None
    scores: Scores
    stability: float
    seconds: float


def measure(
    labelled: Labelled, recipes: Iterable[Recipe], themes: int | None, effort: Effort
) -> Iterator[Line]:
    """Each recipe at ``themes`` (the true number when not given), then at the number it finds."""
    asked = themes or labelled.true_count
    for recipe in recipes:
        if recipe.asks:
            yield line(labelled, recipe, asked, effort)
        if recipe.finds:
            yield line(labelled, recipe, None, effort)


def line(labelled: Labelled, recipe: Recipe, asked: int | None, effort: Effort) -> Line:
    """``recipe`` on ``labelled`` at the number ``asked``, or at the one it finds (None)."""
    runs = [
        recipe.group(labelled.texts, labelled.langs, asked, seed) for seed in range(effort.seeds)
    ]
    judged = [scores(labelled.truth, run.themes, labelled.langs, labelled.pairs) for run in runs]
    held = stability(
        lambda rows, seed: (
            recipe.group(labelled.texts[rows], labelled.langs[rows], asked, seed).themes
        ),
        len(labelled),
        effort.resamples,
    )
    seconds = float(np.median([run.seconds for run in runs]))
    return Line(recipe.name, asked, mean_scores(judged), held, seconds)
