"""The stages that run partition by partition, whoever runs them: one process, or many workers.

A sample is drawn by a checksum of the words, so that it is the same however the comments are cut
into partitions; themes are learned on it as in one process. Each partition is then placed in them
by itself, and what it counted is added up.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.at_scale import LEARNED_ON, SamplePlacer
from consult.analysis.text.finding import find_themes
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.language import languages_of
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.space import CommentSpace

COUNT_COLUMNS = ("theme", "comments", "rated", "ratings")
_CHECKSUMS = 2**32


@dataclass(frozen=True)
class Learned:
    """The themes of the sample: where they lie, and their names ('fr', 'en')."""

    placer: SamplePlacer
    labels: list[dict[str, str]]


@dataclass(frozen=True)
class Counted:
    """What a partition holds: comments read, those that say something, and ``COUNT_COLUMNS``.

    ``ratings`` is the sum of the ratings, of ``rated`` comments; theme -1 is that of none.
    """

    comments: int
    answered: int
    themes: pd.DataFrame


def read_partition(path: Path) -> pd.DataFrame:
    """``text``, and where known ``lang`` and ``rating``, of a Parquet or a CSV file."""
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    if "text" not in frame:
        raise ValueError(f"{path.name} has no column “text”.")
    kept = frame[[name for name in ("text", "lang", "rating") if name in frame]]
    return kept.assign(text=kept["text"].fillna("").astype(str).astype(object))


def drawn(path: Path, share: float) -> pd.DataFrame:
    """The different texts of a partition that belong to the sample, and their languages."""
    frame = _said(read_partition(path))
    marks = np.array([zlib.crc32(text.encode()) for text in frame["text"]], dtype=np.uint64)
    return frame[marks < share * _CHECKSUMS].assign(mark=marks[marks < share * _CHECKSUMS])


def size(path: Path) -> int:
    """How many comments a partition has."""
    return len(read_partition(path))


def share_of(total: int, most: int = LEARNED_ON) -> float:
    """The share of ``total`` comments that are learned on, at most so many on average."""
    return min(1.0, most / max(total, 1))


def learn(samples: list[pd.DataFrame], themes: int | None, seed: int) -> Learned:
    """The themes of the samples of all partitions, in whatever order these come."""
    sample = pd.concat(samples).drop_duplicates("text").sort_values(["mark", "text"])
    texts, langs = sample["text"].to_numpy(dtype=object), sample["lang"].to_numpy(dtype=object)
    with threadpool_limits(limits=1):  # sums in one order: the same result on every run
        space = CommentSpace(random_state=seed)
        points = space.fit_transform(texts, langs)
        found = find_themes(points, themes, seed)
        labels = ThemeLabeler().fit(space.tokens_, langs, found.placed.main).labels_
    space.tokens_ = []  # of no use where others are placed
    return Learned(SamplePlacer(space, found.centres, points, found.placed, found.sub), labels)


def place(path: Path, learned: Learned, out: Path | None = None) -> Counted:
    """Places the comments of a partition; with ``out``, writes the theme of each to it as CSV."""
    whole = read_partition(path)
    frame = _said(whole)
    with threadpool_limits(limits=1):
        membership, sub = learned.placer.place(
            frame["text"].to_numpy(dtype=object), frame["lang"].to_numpy(dtype=object)
        )
    if out:
        placed = pd.DataFrame({"row": frame.index, "theme": membership.main + 1, "sub": sub + 1})
        placed.assign(weight=membership.weight).to_csv(out, index=False)
    ratings = pd.to_numeric(frame.get("rating", pd.Series(np.nan, frame.index)), errors="coerce")
    told = pd.DataFrame({"theme": membership.main, "rating": ratings.to_numpy(dtype=float)})
    counts = told.groupby("theme")["rating"].agg(["size", "count", "sum"]).reset_index()
    counts.columns = pd.Index(COUNT_COLUMNS)
    return Counted(len(whole), len(frame), counts)


def _said(frame: pd.DataFrame) -> pd.DataFrame:
    """The comments that say something, each with its language."""
    said = frame[[not is_non_answer(text) for text in frame["text"]]]
    told = said["lang"].to_numpy(dtype=object) if "lang" in said else np.full(len(said), "")
    return said.assign(lang=languages_of(said["text"].to_numpy(dtype=object), told))


def merged(counted: list[Counted], labels: list[dict[str, str]]) -> pd.DataFrame:
    """One line per theme: names, comments, share, mean rating, points at stake, in rank order.

    Points at stake are the mean of the ratings outside the theme less that of all: a comment is
    in its main theme alone here.
    """
    table = pd.concat([part.themes for part in counted]).groupby("theme").sum()
    table = table.reindex(range(-1, len(labels)), fill_value=0)
    answered = sum(part.answered for part in counted)
    rated, ratings = table["rated"].sum(), table["ratings"].sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        outside = (ratings - table["ratings"]) / (rated - table["rated"])
        mean = table["ratings"] / table["rated"]
        points = outside - ratings / rated
    named = pd.DataFrame({
        "theme": range(1, len(labels) + 1),
        "label_fr": [label.get("fr") or label["en"] for label in labels],
        "label_en": [label.get("en") or label["fr"] for label in labels],
        "comments": table["comments"].to_numpy()[1:],
        "share": table["comments"].to_numpy()[1:] / max(answered, 1),
        "mean_rating": mean.to_numpy()[1:],
        "points_at_stake": points.to_numpy()[1:],
    })  # fmt: skip
    order = named.sort_values(["points_at_stake", "comments"], ascending=False, kind="stable")
    return order.assign(rank=range(1, len(order) + 1)).reset_index(drop=True)
