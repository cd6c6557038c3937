"""Ways of finding themes that can be measured beside each other."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from consult.analysis.evaluation.measures import NO_THEME
from consult.analysis.text import analyze_comments
from consult.analysis.text.sentence_vectors import SentenceVectors
from consult.stop_words import STOP_WORDS


class Recipe(Protocol):
    """Groups comments by theme.

    Attributes:
        name: shown in the tables.
        asks: it can be asked for a number of themes.
        finds: it finds how many themes there are when it is not asked.
    """

    @property
    def name(self) -> str: ...
    @property
    def asks(self) -> bool: ...
    @property
    def finds(self) -> bool: ...

    def group(self, texts: np.ndarray, langs: np.ndarray, themes: int | None, seed: int) -> "Run":
        """The theme of each comment, :data:`NO_THEME` for none, and the seconds it took."""


@dataclass(frozen=True)
class Run:
    """Themes of n comments (integers) and the time they took."""

    themes: np.ndarray
    seconds: float


@dataclass(frozen=True)
class Consult:
    """consult itself, from the words to the ranked themes; with vectors where a tier gives some."""

    name: str = "consult"
    vectors: SentenceVectors | None = None
    asks: bool = True
    finds: bool = True

    def group(self, texts: np.ndarray, langs: np.ndarray, themes: int | None, seed: int) -> Run:
        frame = pd.DataFrame({"text": texts, "lang": langs})
        owed = getattr(self.vectors, "owed", 0.0)
        start = time.perf_counter()
        analysis = analyze_comments(frame, themes=themes, seed=seed, vectors=self.vectors)
        seconds = time.perf_counter() - start + getattr(self.vectors, "owed", 0.0) - owed
        found = pd.to_numeric(analysis.assignments["theme"], errors="coerce")
        return Run(found.fillna(NO_THEME).to_numpy(dtype=int), seconds)


@dataclass(frozen=True)
class Simple:
    """A recipe of a few lines, of the number of themes it is asked for."""

    name: str
    steps: Callable[[np.ndarray, int, int], np.ndarray] = field(repr=False)
    asks: bool = True
    finds: bool = False

    def group(self, texts: np.ndarray, langs: np.ndarray, themes: int | None, seed: int) -> Run:
        if themes is None:
            raise ValueError(f"{self.name} does not find the number of themes")
        start = time.perf_counter()
        found = self.steps(texts, themes, seed)
        return Run(found, time.perf_counter() - start)


def _tfidf(texts: np.ndarray) -> sparse.csr_matrix:
    """Words of two letters and more, in two comments at least, without the stop words."""
    words = TfidfVectorizer().build_tokenizer()
    stop = {part for word in STOP_WORDS["fr"] | STOP_WORDS["en"] for part in words(word)}
    return TfidfVectorizer(stop_words=sorted(stop), min_df=2, sublinear_tf=True).fit_transform(
        texts
    )


def tfidf_kmeans(texts: np.ndarray, themes: int, seed: int) -> np.ndarray:
    """TF-IDF reduced to 100 dimensions by SVD, then k-means, the best of ten starts."""
    weighted = _tfidf(texts)
    rank = min(100, min(weighted.shape) - 1)
    points = normalize(TruncatedSVD(rank, random_state=seed).fit_transform(weighted))
    return np.asarray(KMeans(themes, n_init=10, random_state=seed).fit(points).labels_)


def tfidf_nmf(texts: np.ndarray, themes: int, seed: int) -> np.ndarray:
    """TF-IDF as a product of two positive matrices; the heaviest part of each comment.

    A comment without any known word has no theme.
    """
    weighted = _tfidf(texts)
    parts = NMF(themes, init="nndsvda", max_iter=400, random_state=seed).fit_transform(weighted)
    found = np.argmax(parts, axis=1)
    found[~parts.any(axis=1)] = NO_THEME
    return np.asarray(found)
