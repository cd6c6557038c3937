"""The points of words joined to the vectors of a language model."""

from collections.abc import Sequence

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from consult.analysis.text.features import concept_counts, language_means, without_language
from consult.analysis.text.sentence_vectors import SentenceVectors


class VectorJoin(BaseEstimator):  # type: ignore[misc]
    """Points from the words of comments (n x p) joined to what a model sees in them (n x d).

    A model that reads words gives a vector to each concept, centred on the mean of all words as
    often as they occur; a comment is the mean of its concepts, weighted by TF-IDF. A model that
    reads sentences is given the comment, or its concepts when it does not know its language.
    Either way the few directions that most comments share are taken away, which say how people
    write rather than what about (Arora, Liang and Ma, 2017), then each language is centred.

    Rows have length 1; a comment without words keeps its zeros. Without vectors, the points are
    given back as they are.

    Args:
        vectors: the model, or None.
        common: how many shared directions are taken away.
        max_features: the most frequent concepts that are given to a model of words.

    Learned: ``vocabulary_``, ``tfidf_`` and ``words_`` (concepts x d) for a model of words;
    ``common_`` (directions x d); ``means_``, the mean of each language.
    """

    def __init__(
        self, vectors: SentenceVectors | None = None, common: int = 3, max_features: int = 20_000
    ) -> None:
        self.vectors = vectors
        self.common = common
        self.max_features = max_features

    def fit_transform(
        self, points: np.ndarray, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        """Joined points (n x p + d) of n comments."""
        if self.vectors is None or not any(concepts):
            return points
        if self.vectors.reads == "words":
            self._learn_words(self.vectors, concepts)
        seen = self._seen(self.vectors, texts, langs, concepts)
        gram = seen.T @ seen
        _, directions = np.linalg.eigh(np.round(gram, 8))
        kept = min(self.common, len(seen) // 20)  # few comments share no habits of many
        self.common_ = directions[:, len(gram) - kept :].T
        seen = normalize(seen - seen @ self.common_.T @ self.common_)
        self.means_ = language_means(seen, langs)
        return self._joined(self.vectors, points, without_language(seen, langs, self.means_))

    def transform(
        self, points: np.ndarray, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        """The same for other comments, seen as the known ones are."""
        if self.vectors is None or not hasattr(self, "means_"):
            return points
        seen = self._seen(self.vectors, texts, langs, concepts)
        seen = normalize(seen - seen @ self.common_.T @ self.common_)
        return self._joined(self.vectors, points, without_language(seen, langs, self.means_))

    def _learn_words(self, vectors: SentenceVectors, concepts: Sequence[Sequence[str]]) -> None:
        counts, self.vocabulary_ = concept_counts(concepts, max_features=self.max_features)
        self.tfidf_ = TfidfTransformer(sublinear_tf=True).fit(counts)
        known = normalize(vectors.transform(self.vocabulary_, np.array(["en"])))
        often = np.asarray(counts.sum(axis=0)).ravel()
        self.words_ = normalize(known - np.average(known, axis=0, weights=often))

    def _seen(
        self, vectors: SentenceVectors, texts: np.ndarray, langs: np.ndarray,
        concepts: Sequence[Sequence[str]],
    ) -> np.ndarray:  # fmt: skip
        if vectors.reads == "words":
            counter = CountVectorizer(analyzer=list, vocabulary=self.vocabulary_, dtype=np.float64)
            return np.asarray(normalize(self.tfidf_.transform(counter.transform(concepts))
                                        @ self.words_))  # fmt: skip
        understood = np.isin(langs.astype(str), sorted(vectors.languages))
        said = np.array([" ".join(found) for found in concepts], dtype=object)
        return np.asarray(normalize(vectors.transform(np.where(understood, texts, said), langs)))

    def _joined(self, vectors: SentenceVectors, points: np.ndarray, seen: np.ndarray) -> np.ndarray:
        together = normalize(np.hstack([points, vectors.weight * seen]))
        together[~points.any(axis=1)] = 0
        return np.round(np.asarray(together), 5)
