"""What the estimators learned, as plain JSON and arrays: no pickle, so nothing in it can run."""

import io
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer

from consult.analysis.text.features import CommentEmbedder, SpellingVectors, WordVectors
from consult.analysis.text.fields import SemanticFields
from consult.analysis.text.lemmas import Lemmatizer

#: The only classes that are ever made again from what was stored.
KNOWN = {
    kind.__name__: kind
    for kind in (
        CommentEmbedder, Lemmatizer, SemanticFields, SpellingVectors, TfidfTransformer,
        TruncatedSVD, WordVectors,
    )
}  # fmt: skip
LARGE = 10_000  # numbers from which an array is kept in half precision


class Store:
    """Collects or gives back arrays while estimators become JSON, or are made from it again."""

    def __init__(self, data: bytes | None = None) -> None:
        self.arrays: dict[str, np.ndarray] = {}
        if data is not None:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                self.arrays = {name: kept[name] for name in kept.files}

    def to_bytes(self) -> bytes:
        """All arrays kept, as a compressed npz file."""
        file = io.BytesIO()
        np.savez_compressed(file, **self.arrays)  # type: ignore[arg-type]
        return file.getvalue()

    def keep(self, value: Any) -> Any:
        """``value`` as JSON; its arrays are put aside under a number.

        Raises ``TypeError`` for what is neither plain, an array nor one of :data:`KNOWN`.
        """
        if value is None or isinstance(value, str | bool | int | float):
            return value
        if isinstance(value, np.generic):
            return value.item()
        if isinstance(value, np.ndarray):
            return {"array": self._put(value)}
        if sparse.issparse(value):
            parts = value.tocsr()
            kept = [self._put(part) for part in (parts.data, parts.indices, parts.indptr)]
            return {"sparse": kept, "shape": list(parts.shape)}
        if isinstance(value, dict):
            return {"dict": {str(key): self.keep(item) for key, item in value.items()}}
        if isinstance(value, list | tuple):
            return {"list": [self.keep(item) for item in value]}
        return self._estimator(value)

    def _estimator(self, value: Any) -> dict[str, Any]:
        name = type(value).__name__
        if KNOWN.get(name) is not type(value):
            raise TypeError(name)
        return {"class": name, "state": {key: self.keep(item) for key, item in vars(value).items()}}

    def _put(self, array: np.ndarray) -> str:
        name = str(len(self.arrays))
        if array.dtype == np.float64:
            small = array.size < LARGE or np.abs(array).max(initial=0.0) > np.finfo(np.float16).max
            array = array.astype(np.float32 if small else np.float16)
        self.arrays[name] = array
        return name

    def restore(self, kept: Any) -> Any:
        """The reverse of ``keep``; fractions come back as 64-bit floats."""
        if not isinstance(kept, dict):
            return kept
        if "array" in kept:
            return self._get(kept["array"])
        if "sparse" in kept:
            data, indices, indptr = (self._get(name) for name in kept["sparse"])
            return sparse.csr_matrix((data, indices, indptr), tuple(kept["shape"]))
        if "dict" in kept:
            return {key: self.restore(item) for key, item in kept["dict"].items()}
        if "list" in kept:
            return [self.restore(item) for item in kept["list"]]
        kind = KNOWN[kept["class"]]
        made: BaseEstimator = kind.__new__(kind)
        vars(made).update({key: self.restore(item) for key, item in kept["state"].items()})
        return made

    def _get(self, name: str) -> np.ndarray:
        array = self.arrays[name]
        return array.astype(np.float64) if array.dtype.kind == "f" else array
