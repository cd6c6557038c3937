"""What language models see in comments, when there are any: a vector for each.

Nothing here is needed: without a model, comments are understood by their words alone. Nothing here
reaches the network: models are folders.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from sklearn.base import BaseEstimator

#: How much each kind of vectors counts beside the words, which count 1: the best of
#: docs/themes-measured.md.
VECTORS_WEIGHT, EMBEDDINGS_WEIGHT = 1.0, 1.0
#: A file that each kind of folder holds.
_TABLE, _MODEL = "config.json", "modules.json"


class SentenceVectorsError(Exception):
    """Vectors were asked for and cannot be had; the message says why and what to do."""


class SentenceVectors(Protocol):
    """Gives texts vectors that say what they are about.

    Attributes:
        name: of the tier: ``vectors`` or ``embeddings``.
        reads: ``words`` when it knows words one by one, ``sentences`` when only together.
        languages: those it understands; comments in another reach it as their concepts, which the
            glossary says in English.
        weight: of these vectors beside those of the words, which have weight 1.
    """

    @property
    def name(self) -> str: ...
    @property
    def reads(self) -> Literal["words", "sentences"]: ...
    @property
    def languages(self) -> frozenset[str]: ...
    @property
    def weight(self) -> float: ...

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        """Texts x d, all finite; a row of zeros for a text it knows nothing of."""


class TableVectors(BaseEstimator):  # type: ignore[misc]
    """Vectors of words from a table, read by the package ``model2vec``: numpy, no torch.

    Args:
        folder: what ``consult vectors build`` wrote, or any model of model2vec.
        languages: those the table was made for.

    Raises:
        SentenceVectorsError: the folder or the package is missing.
    """

    name = "vectors"
    reads: Literal["words"] = "words"

    def __init__(
        self, folder: str | Path, languages: Iterable[str] = ("en",), weight: float = VECTORS_WEIGHT
    ) -> None:
        self.folder = folder
        self.languages = frozenset(languages)
        self.weight = weight
        path = _checked(folder, _TABLE, self.name)
        static = _package("model2vec", self.name).StaticModel
        self._table = _loaded(lambda: static.from_pretrained(path, force_download=False), path)

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        found = self._table.encode(list(texts), use_multiprocessing=False)
        vectors: np.ndarray = np.nan_to_num(np.asarray(found, dtype=float))
        return vectors


class ModelVectors(BaseEstimator):  # type: ignore[misc]
    """Vectors of comments from a sentence-transformers model.

    Args:
        folder: the model's folder, or the name of an installed package that holds one.
        languages: those the model was made for.
        batch_size: how many comments the model reads at once.

    Raises:
        SentenceVectorsError: the folder or the package is missing.
    """

    name = "embeddings"
    reads: Literal["sentences"] = "sentences"

    def __init__(
        self, folder: str | Path, languages: Iterable[str] = ("en",),
        weight: float = EMBEDDINGS_WEIGHT, batch_size: int = 32,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.languages = frozenset(languages)
        self.weight = weight
        self.batch_size = batch_size
        self._model = load_model(folder)

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        found = self._model.encode(list(texts), batch_size=self.batch_size, show_progress_bar=False)
        vectors: np.ndarray = np.nan_to_num(np.asarray(found, dtype=float))
        return vectors


def chosen_vectors(
    table: str | Path | None, model: str | Path | None, languages: str = "en"
) -> TableVectors | ModelVectors | None:
    """The tier that a command or the settings ask for; None when neither is told.

    Args:
        table: folder of a table of word vectors.
        model: folder of a sentence-transformers model, or package that holds one.
        languages: those it understands, with commas between.

    Raises:
        SentenceVectorsError: both are asked for, or what is asked for cannot be had.
    """
    if table and model:
        raise SentenceVectorsError("Give vectors or embeddings, not both.")
    known = [part.strip() for part in languages.split(",")]
    if table:
        return TableVectors(table, known)
    if model:
        return ModelVectors(model, known)
    return None


def load_model(folder: str | Path) -> Any:
    """The sentence-transformers model in ``folder``, on the processor, without any network."""
    path = _checked(_package_folder(folder), _MODEL, "embeddings")
    os.environ["HF_HUB_OFFLINE"] = "1"
    transformer = _package("sentence_transformers", "embeddings").SentenceTransformer
    return _loaded(lambda: transformer(str(path), device="cpu", local_files_only=True), path)


def _package_folder(folder: str | Path) -> str | Path:
    """The folder of the model inside an installed package of that name, or ``folder`` as it is."""
    name = str(folder)
    if Path(folder).exists() or not name.isidentifier():
        return folder
    spec = find_spec(name)
    places = [] if spec is None else spec.submodule_search_locations or []
    found = [path.parent for place in places for path in sorted(Path(place).rglob(_MODEL))]
    return found[0] if found else folder


def _checked(folder: str | Path, holds: str, tier: str) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise SentenceVectorsError(f"The folder of {tier} does not exist: {path}")
    if not (path / holds).is_file():
        raise SentenceVectorsError(f"The folder of {tier} holds no {holds}: {path}")
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
