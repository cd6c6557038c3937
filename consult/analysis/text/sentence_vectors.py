"""What language models add to the words, when there are any: a vector for each comment.

Nothing here is needed: without any, comments are understood by their words alone. Nothing here
reaches the network: models are folders.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.preprocessing import normalize

from consult.analysis.text.features import language_means, without_language

#: How much vectors count beside the words, which count 1: what was best in docs/themes-measured.md.
VECTORS_WEIGHT, EMBEDDINGS_WEIGHT = 1.0, 2.0
#: A file that each kind of folder holds.
_TABLE, _MODEL = "config.json", "modules.json"


class SentenceVectorsError(Exception):
    """Vectors were asked for and cannot be had; the message says why and what to do."""


class SentenceVectors(Protocol):
    """Gives each comment a vector that says what it is about.

    Attributes:
        languages: those it understands. Comments in French reach a model of English only with
            their words said in English by the glossary.
        weight: of these vectors beside those of the words, which have weight 1.
    """

    @property
    def languages(self) -> frozenset[str]: ...
    @property
    def weight(self) -> float: ...

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        """Comments x d, all finite; a row of zeros for a comment that says nothing."""


class TableVectors(BaseEstimator):  # type: ignore[misc]
    """Vectors of word pieces from a table (model2vec), averaged over the comment.

    The package ``model2vec`` reads the table; no torch, a tenth of a millisecond a comment.

    Args:
        folder: what ``consult vectors build`` wrote, or any model of model2vec.
    """

    def __init__(
        self, folder: str | Path, languages: Iterable[str] = ("en",), weight: float = VECTORS_WEIGHT
    ) -> None:
        self.folder = folder
        self.languages = frozenset(languages)
        self.weight = weight
        path = _checked(folder, _TABLE, "CONSULT_VECTORS", "vectors")
        static = _package("model2vec", "vectors").StaticModel
        self._table = _loaded(lambda: static.from_pretrained(path, force_download=False), path)

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        found = self._table.encode(list(texts), show_progress_bar=False, use_multiprocessing=False)
        vectors: np.ndarray = np.nan_to_num(np.asarray(found, dtype=float))
        return vectors


class ModelVectors(BaseEstimator):  # type: ignore[misc]
    """Vectors from a sentence-transformers model, read from a folder or an installed package.

    Args:
        folder: the model's folder, or the name of an installed package that holds one.
        batch_size: how many comments the model reads at once.
    """

    def __init__(
        self,
        folder: str | Path,
        languages: Iterable[str] = ("en",),
        weight: float = EMBEDDINGS_WEIGHT,
        batch_size: int = 32,
    ) -> None:
        self.folder = folder
        self.languages = frozenset(languages)
        self.weight = weight
        self.batch_size = batch_size
        self._model = load_model(folder)

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        found = self._model.encode(list(texts), batch_size=self.batch_size, show_progress_bar=False)
        vectors: np.ndarray = np.nan_to_num(np.asarray(found, dtype=float))
        return vectors


def load_model(folder: str | Path) -> Any:
    """The sentence-transformers model in ``folder``, on the processor, without any network."""
    path = _checked(_package_folder(folder), _MODEL, "CONSULT_EMBEDDINGS", "embeddings")
    os.environ["HF_HUB_OFFLINE"] = "1"
    transformer = _package("sentence_transformers", "embeddings").SentenceTransformer
    return _loaded(lambda: transformer(str(path), device="cpu", local_files_only=True), path)


class VectorJoin(BaseEstimator):  # type: ignore[misc]
    """Points from the words of comments joined to what a model sees in them.

    Comments in a language that the model does not understand reach it as their concepts, which
    are English words where the glossary knows them. Each language is centred on its own mean.
    Rows have length 1; a comment without words keeps its zeros. Without vectors, the points are
    given back as they are.

    Args:
        vectors: the model, or None.

    Learned: ``means_``, the mean vector of each language.
    """

    def __init__(self, vectors: SentenceVectors | None = None) -> None:
        self.vectors = vectors

    def fit_transform(
        self, points: np.ndarray, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        """Joined points (n x p + d) of n comments, from their points (n x p) and their words."""
        if self.vectors is None:
            return points
        seen = self._seen(self.vectors, texts, langs, concepts)
        self.means_ = language_means(seen, langs)
        return self._joined(points, without_language(seen, langs, self.means_), self.vectors.weight)

    def transform(
        self, points: np.ndarray, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        """The same for other comments, centred where the known ones are."""
        if self.vectors is None:
            return points
        seen = self._seen(self.vectors, texts, langs, concepts)
        return self._joined(points, without_language(seen, langs, self.means_), self.vectors.weight)

    @staticmethod
    def _seen(
        vectors: SentenceVectors, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        understood = np.isin(langs.astype(str), sorted(vectors.languages))
        said = np.array([" ".join(found) for found in concepts], dtype=object)
        read = np.where(understood, texts, said)
        return np.asarray(normalize(vectors.transform(read, langs)))

    @staticmethod
    def _joined(points: np.ndarray, seen: np.ndarray, weight: float) -> np.ndarray:
        together = normalize(np.hstack([points, weight * seen]))
        together[~points.any(axis=1)] = 0
        return np.round(np.asarray(together), 5)


def _package_folder(folder: str | Path) -> str | Path:
    """The folder of the model inside an installed package of that name, or ``folder`` as it is."""
    name = str(folder)
    if Path(folder).exists() or not name.isidentifier():
        return folder
    spec = find_spec(name)
    places = [] if spec is None else spec.submodule_search_locations or []
    found = [path.parent for place in places for path in sorted(Path(place).rglob(_MODEL))]
    return found[0] if found else folder


def _checked(folder: str | Path, holds: str, setting: str, tier: str) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise SentenceVectorsError(
            f"The folder {path} does not exist. Give an existing one to --{tier} or {setting}."
        )
    if not (path / holds).is_file():
        raise SentenceVectorsError(
            f"The folder {path} holds no {holds}: it is not what --{tier} and {setting} read."
        )
    return path


def _package(name: str, tier: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise SentenceVectorsError(
            f"The package {name} is not installed. Install it with: pip install 'consult[{tier}]'"
        ) from error


def _loaded(load: Callable[[], Any], path: Path) -> Any:
    """What ``load`` reads; whatever the library finds wrong with the folder is said in one line."""
    try:
        return load()
    except Exception as error:
        raise SentenceVectorsError(f"The folder {path} cannot be read: {error}") from error
