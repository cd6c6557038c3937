"""One analysis measured in a process of its own: ``python -m consult.bench.analysing KIND FILE``.

KIND is ``consult``, ``bare`` or ``model``; FILE has the columns ``text``, ``lang`` and ``rating``.
Prints a JSON object: seconds, and the most memory the process ever held.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

import click

from consult.bench.exporting import peak_memory

#: Themes that the bare recipe is asked for, and its dimensions.
THEMES, DIMENSIONS = 20, 100


@dataclass(frozen=True)
class AnalysisFigures:
    """What one piece of work took, once its file was read.

    ``seconds`` by the clock, and of processors; ``peak_mb`` of the whole process, file included;
    ``stages`` has the seconds of each stage of consult.
    """

    seconds: float
    processor_seconds: float
    peak_mb: float
    stages: dict[str, float]


def measure_analysis(kind: str, file: Path, model: str = "") -> AnalysisFigures:
    """Measures one kind of work on ``file`` in a fresh process, whose memory holds nothing else."""
    command = [sys.executable, "-m", "consult.bench.analysing", kind, str(file), model]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"{kind}: {done.stderr}")
    return AnalysisFigures(**json.loads(done.stdout.splitlines()[-1]))


def _consult(file: Path, _model: str) -> AnalysisFigures:
    import pandas as pd

    from consult.analysis.text import analyze_comments

    comments = pd.read_csv(file)
    marks: list[tuple[str, float]] = []
    start, spent = perf_counter(), process_time()
    analyze_comments(
        comments, progress=lambda stage, _share: marks.append((stage, perf_counter() - start))
    )
    seconds = perf_counter() - start
    ends = [*(moment for _stage, moment in marks[1:]), seconds]
    stages: dict[str, float] = {}
    for (stage, begun), end in zip(marks, ends, strict=True):
        stages[stage] = stages.get(stage, 0.0) + end - begun
    return AnalysisFigures(seconds, process_time() - spent, peak_memory() / 1e6, stages)


def _bare(file: Path, _model: str) -> AnalysisFigures:
    """TF-IDF, SVD and MiniBatchKMeans as scikit-learn has them, and nothing more."""
    import pandas as pd
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    texts = pd.read_csv(file)["text"].fillna("")
    start, spent = perf_counter(), process_time()
    weighted = TfidfVectorizer(min_df=2, sublinear_tf=True).fit_transform(texts)
    points = normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(weighted))
    MiniBatchKMeans(THEMES, n_init=3, random_state=0).fit_predict(points)
    return AnalysisFigures(perf_counter() - start, process_time() - spent, peak_memory() / 1e6, {})


def _model(file: Path, model: str) -> AnalysisFigures:
    """A sentence-transformers model that reads each comment once, and nothing more."""
    import pandas as pd

    from consult.analysis.text.sentence_vectors import load_model

    texts = pd.read_csv(file)["text"].fillna("").tolist()
    encoder = load_model(model)
    start, spent = perf_counter(), process_time()
    encoder.encode(texts, batch_size=32, show_progress_bar=False)
    return AnalysisFigures(perf_counter() - start, process_time() - spent, peak_memory() / 1e6, {})


KINDS: dict[str, Callable[[Path, str], AnalysisFigures]] = {
    "consult": _consult,
    "bare": _bare,
    "model": _model,
}


def main() -> None:
    kind, file, *model = sys.argv[1:]
    print(json.dumps(asdict(KINDS[kind](Path(file), model[0] if model else ""))))


if __name__ == "__main__":
    main()
