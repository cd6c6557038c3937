"""A folder of partitions analysed by whoever maps: this process, or the workers of a cluster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from consult.analysis.scale import partitions
from consult.analysis.scale.partitions import Counted, Learned

#: Does one thing to each partition, in any order, and gives what came of each in theirs.
Map = Callable[[Callable[[Path], Any], Sequence[Path]], list[Any]]


class NoPartitionsError(Exception):
    """The folder holds no Parquet and no CSV file."""


@dataclass(frozen=True)
class ScaledAnalysis:
    """Themes in rank order (see ``partitions.merged``), and how many comments there are."""

    themes: pd.DataFrame
    comments: int
    answered: int


def partitions_of(folder: Path) -> list[Path]:
    """The files of ``folder``, those of Parquet if there are any, else those of CSV."""
    found = sorted(folder.glob("*.parquet")) or sorted(folder.glob("*.csv"))
    if not found:
        raise NoPartitionsError(f"The folder {folder} holds no Parquet and no CSV file.")
    return found


def in_this_process(work: Callable[[Path], Any], paths: Sequence[Path]) -> list[Any]:
    """The simplest ``Map``."""
    return [work(path) for path in paths]


def analyze_partitions(
    paths: Sequence[Path], do: Map = in_this_process, *, themes: int | None = None, seed: int = 0,
    out: Path | None = None,
) -> ScaledAnalysis:  # fmt: skip
    """The themes of the comments in ``paths``; with ``out``, the theme of each is written there."""
    total = sum(do(partitions.size, paths))
    share = partitions.share_of(total)
    learned = partitions.learn(do(partial(partitions.drawn, share=share), paths), themes, seed)
    counted: list[Counted] = do(partial(_place, learned=learned, out=out), paths)
    return ScaledAnalysis(
        partitions.merged(counted, learned.labels),
        sum(part.comments for part in counted),
        sum(part.answered for part in counted),
    )


def _place(path: Path, learned: Learned, out: Path | None) -> Counted:
    return partitions.place(path, learned, out / f"{path.stem}-themes.csv" if out else None)
