"""Recipes that need a language model: measured where one is installed."""

import hashlib
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import numpy as np
from sklearn.cluster import KMeans

from consult.analysis.evaluation.recipes import Run
from consult.analysis.text.features import centred_by_language
from consult.analysis.text.glossary import Glosser
from consult.analysis.text.lemmas import Lemmatizer
from consult.analysis.text.sentence_vectors import EMBEDDINGS_WEIGHT, load_model


class Encoder:
    """A sentence-transformers model that reads each text once, and remembers what it took.

    Args:
        folder: the model's folder, or the name of an installed package that holds one.
        keep: a folder where vectors are kept from one run to the next.
    """

    def __init__(self, folder: str | Path, keep: Path | None = None) -> None:
        self._model = load_model(folder)
        self._seen: dict[str, tuple[np.ndarray, float]] = {}
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        self._file = keep / f"vectors-{name}.npz" if keep else None
        if self._file and self._file.is_file():
            with np.load(self._file) as kept:
                rows = zip(kept["keys"], kept["vectors"], kept["seconds"], strict=True)
                self._seen = {str(key): (vector, float(took)) for key, vector, took in rows}

    def encode(self, texts: np.ndarray) -> tuple[np.ndarray, float]:
        """Vectors of the texts, and the seconds once spent on those that are not read again."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        owed = sum(self._seen[key][1] for key in keys if key in self._seen)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._seen}
        if new:
            start = time.perf_counter()
            found = self._model.encode(list(new.values()), batch_size=32, show_progress_bar=False)
            each = (time.perf_counter() - start) / len(new)
            self._seen.update({key: (row, each) for key, row in zip(new, found, strict=True)})
            self._save()
        return np.vstack([self._seen[key][0] for key in keys]), owed

    def _save(self) -> None:
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            vectors, seconds = zip(*self._seen.values(), strict=True)
            np.savez(self._file, keys=[*self._seen], vectors=np.vstack(vectors), seconds=seconds)


class KeptVectors:
    """The vectors of an encoder as a tier of consult reads them; ``owed`` counts its seconds."""

    name = "embeddings"
    reads: Literal["sentences"] = "sentences"
    languages = frozenset({"en"})

    def __init__(self, encoder: Encoder) -> None:
        self.weight = EMBEDDINGS_WEIGHT
        self.owed = 0.0
        self._encoder = encoder

    def transform(self, texts: Sequence[str] | np.ndarray, langs: np.ndarray) -> np.ndarray:
        vectors, owed = self._encoder.encode(np.asarray(texts, dtype=object))
        self.owed += owed
        return vectors


@dataclass(frozen=True)
class Embedded:
    """Vectors of an English model, as they are or bridged, cut by k-means.

    Args:
        bridged: French words are said in English by the glossary, and each language is centred.
    """

    name: str
    encoder: Encoder
    bridged: bool
    asks: bool = True
    finds: bool = False

    def group(self, texts: np.ndarray, langs: np.ndarray, themes: int | None, seed: int) -> Run:
        start = time.perf_counter()
        vectors, owed = self.encoder.encode(glossed(texts, langs) if self.bridged else texts)
        points = centred_by_language(vectors, langs) if self.bridged else vectors
        found = KMeans(themes or 8, n_init=10, random_state=seed).fit(points).labels_
        return Run(found, owed + time.perf_counter() - start)


def glossed(texts: np.ndarray, langs: np.ndarray) -> np.ndarray:
    """French texts as the English words of their lemmas; English ones as they are."""
    tokens = Lemmatizer().fit(texts, langs).transform(texts, langs)
    lemmas = [[token.lemma for token in comment if token.lemma] for comment in tokens]
    concepts = Glosser().fit(lemmas, langs).transform(lemmas, langs)
    said = [" ".join(found) or text for found, text in zip(concepts, texts, strict=True)]
    return np.where(langs == "fr", np.array(said, dtype=object), texts)


@dataclass(frozen=True)
class Bertopic:
    """BERTopic (Grootendorst, 2022) as it installs, or with k-means instead of HDBSCAN.

    As it installs it finds its own number of topics and leaves comments out; with k-means it is
    asked for a number and leaves none out. Its only source of chance, UMAP, takes the seed.
    """

    name: str
    encoder: Encoder
    asks: bool

    @property
    def finds(self) -> bool:
        return not self.asks

    def group(self, texts: np.ndarray, langs: np.ndarray, themes: int | None, seed: int) -> Run:
        from bertopic import BERTopic

        start = time.perf_counter()
        vectors, owed = self.encoder.encode(texts)
        options: dict[str, Any] = {}
        if self.asks:
            options["hdbscan_model"] = KMeans(themes or 8, n_init=10, random_state=seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            np.random.seed(seed)
            topics, _ = BERTopic(**options).fit_transform(list(texts), vectors)
        return Run(np.array(topics), owed + time.perf_counter() - start)


def installed(*packages: str) -> bool:
    """Whether all these packages can be imported."""
    return all(find_spec(package) is not None for package in packages)


#: How each recipe with a model is made, from an encoder.
MAKERS: dict[str, Callable[[Encoder], Embedded | Bertopic]] = {
    "bertopic": lambda encoder: Bertopic("BERTopic, as it installs", encoder, asks=False),
    "bertopic-kmeans": lambda encoder: Bertopic("BERTopic with k-means", encoder, asks=True),
    "minilm-kmeans": lambda encoder: Embedded("model + k-means", encoder, bridged=False),
    "minilm-centred": lambda encoder: Embedded(
        "model, glossed and centred + k-means", encoder, bridged=True
    ),
}
