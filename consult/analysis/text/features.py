"""Comments as points: near when they speak of the same thing, whatever their language."""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted, validate_data

from consult.analysis.text.fields import SemanticFields

ITERATIONS = 3  # of the randomised SVD


def concept_counts(
    concepts: Sequence[Sequence[str]], min_df: int = 1, max_features: int | None = None
) -> tuple[sparse.csr_matrix, list[str]]:
    """Counts of concepts (comments x vocabulary) and the vocabulary, in alphabetical order."""
    counter = CountVectorizer(
        analyzer=list, min_df=min_df, max_features=max_features, dtype=np.float64
    )
    counts = counter.fit_transform(concepts)
    return counts, counter.get_feature_names_out().tolist()


def reduced(matrix: sparse.spmatrix, dimensions: int, random_state: int) -> np.ndarray:
    """Truncated SVD to at most ``dimensions`` columns, signs fixed."""
    rank = max(1, min(dimensions, min(matrix.shape) - 1))
    svd = TruncatedSVD(rank, n_iter=ITERATIONS, random_state=random_state)
    return np.asarray(svd.fit_transform(matrix))


class WordVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Vectors of words learned on the comments themselves, averaged over each comment.

    Words are described by the words they share comments with: positive pointwise mutual
    information with smoothed contexts (Levy, Goldberg and Dagan, 2015), reduced by SVD. A comment
    is the TF-IDF weighted mean of its words' vectors.

    Input: counts (comments x vocabulary). Output: comments x ``dimensions``, rows of
    length 1 or 0.
    """

    def __init__(self, dimensions: int = 100, smoothing: float = 0.75, random_state: int = 0):
        self.dimensions = dimensions
        self.smoothing = smoothing
        self.random_state = random_state

    def fit(self, counts: sparse.csr_matrix, y: None = None) -> Self:
        counts = self._checked(counts, reset=True)
        self.tfidf_ = TfidfTransformer(sublinear_tf=True).fit(counts)
        self.vectors_ = normalize(reduced(self._ppmi(counts), self.dimensions, self.random_state))
        return self

    def transform(self, counts: sparse.csr_matrix) -> np.ndarray:
        check_is_fitted(self)
        counts = self._checked(counts, reset=False)
        return np.asarray(normalize(self.tfidf_.transform(counts) @ self.vectors_))

    def _checked(self, counts: sparse.csr_matrix, *, reset: bool) -> sparse.csr_matrix:
        checked = validate_data(
            self, counts, reset=reset, accept_sparse="csr", dtype=np.float64,
            ensure_non_negative=True,
        )  # fmt: skip
        return sparse.csr_matrix(checked)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = tags.input_tags.positive_only = True
        return tags

    def _ppmi(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        seen = counts.copy()
        seen.data = np.ones_like(seen.data)
        together = (seen.T @ seen).tocoo()
        word = np.asarray(together.sum(axis=1)).ravel()
        context = word**self.smoothing
        expected = word[together.row] * context[together.col] / context.sum()
        information = np.log(np.maximum(together.data / np.maximum(expected, 1e-9), 1.0))
        ppmi = sparse.csr_matrix((information, (together.row, together.col)), together.shape)
        ppmi.eliminate_zeros()
        return ppmi


class SpellingVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Comments by the groups of 3 to 5 letters in their words: typos and families of words meet.

    Input: counts (comments x vocabulary). Output: comments x ``dimensions``, rows of
    length 1 or 0.
    """

    def __init__(self, vocabulary: Sequence[str], dimensions: int = 100, random_state: int = 0):
        self.vocabulary = vocabulary
        self.dimensions = dimensions
        self.random_state = random_state

    def fit(self, counts: sparse.csr_matrix, y: None = None) -> Self:
        self.fit_transform(counts)
        return self

    def fit_transform(self, counts: sparse.csr_matrix, y: None = None) -> np.ndarray:
        letters = HashingVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), n_features=2**15, norm=None,
            alternate_sign=False, dtype=np.float64,
        )  # fmt: skip
        self.groups_ = letters.transform(self.vocabulary)
        spelled = counts @ self.groups_
        self.tfidf_ = TfidfTransformer(sublinear_tf=True).fit(spelled)
        rank = min(self.dimensions, min(spelled.shape) - 1)
        self.svd_ = TruncatedSVD(rank, n_iter=ITERATIONS, random_state=self.random_state)
        weighted = self.tfidf_.transform(spelled, copy=False)
        return np.asarray(normalize(self.svd_.fit_transform(weighted)))

    def transform(self, counts: sparse.csr_matrix) -> np.ndarray:
        spelled = self.tfidf_.transform(counts @ self.groups_, copy=False)
        return np.asarray(normalize(self.svd_.transform(spelled)))


def language_means(points: np.ndarray, langs: np.ndarray, least: int = 10) -> dict[str, np.ndarray]:
    """The mean point of each language that has at least ``least`` comments; of all under ''."""
    means = {"": points.mean(axis=0)}
    for lang in np.unique(langs):
        rows = langs == lang
        if rows.sum() >= least:
            means[str(lang)] = points[rows].mean(axis=0)
    return means


def without_language(
    points: np.ndarray, langs: np.ndarray, means: Mapping[str, np.ndarray]
) -> np.ndarray:
    """``points`` less the mean of their language (or of all), rows of length 1 or 0 again."""
    centred = points - means[""]
    for lang in np.unique(langs):
        if str(lang) in means:
            centred[langs == lang] = points[langs == lang] - means[str(lang)]
    spoken = np.abs(points).sum(axis=1) > 0
    centred[~spoken] = 0
    return np.asarray(normalize(centred))


def centred_by_language(points: np.ndarray, langs: np.ndarray, least: int = 10) -> np.ndarray:
    """``points`` with each language's own mean taken away, rows of length 1 again.

    What is left of a comment is its subject and no longer its language. A language with fewer
    than ``least`` comments takes the mean of all.
    """
    return without_language(points, langs, language_means(points, langs, least))


class CommentEmbedder(BaseEstimator):  # type: ignore[misc]
    """Concepts of comments to points: words, spelling and semantic fields, joined, by language.

    Args:
        spelling: weight of the spelling vectors beside the word vectors.
        fields: weight of the semantic fields beside the word vectors.
        max_features: the most frequent concepts kept.
    """

    def __init__(
        self, dimensions: int = 100, spelling: float = 0.5, fields: float = 0.6,
        max_features: int = 8000, random_state: int = 0,
    ):  # fmt: skip
        self.dimensions = dimensions
        self.spelling = spelling
        self.fields = fields
        self.max_features = max_features
        self.random_state = random_state

    def fit_transform(self, concepts: Sequence[Sequence[str]], langs: np.ndarray) -> np.ndarray:
        """Points, one row per comment; a row of zeros for no word.

        Learned: ``vocabulary_``, empty when there are too few words to compare; ``words_``,
        ``spelling_``, ``fields_`` and ``means_``, the mean point of each language.
        """
        self.vocabulary_: list[str] = []
        if len(set().union(*concepts)) < 2 or len(concepts) < 2:
            return self.transform(concepts, langs)
        counts, self.vocabulary_ = concept_counts(concepts, max_features=self.max_features)
        self.words_ = WordVectors(self.dimensions, random_state=self.random_state)
        self.spelling_ = SpellingVectors(self.vocabulary_, self.dimensions, self.random_state)
        self.fields_ = SemanticFields().fit(concepts)
        words, spelling = self.words_.fit_transform(counts), self.spelling_.fit_transform(counts)
        points = self._joined(words, spelling, concepts)
        self.means_ = language_means(points, np.asarray(langs))
        return np.round(without_language(points, np.asarray(langs), self.means_), 5)

    def fit(self, concepts: Sequence[Sequence[str]], langs: np.ndarray) -> Self:
        self.fit_transform(concepts, langs)
        return self

    def transform(self, concepts: Sequence[Sequence[str]], langs: np.ndarray) -> np.ndarray:
        """Points of other comments; words never met count by their semantic fields alone."""
        if not self.vocabulary_:
            return np.array([bool(found) for found in concepts], dtype=float)[:, None]
        counts = CountVectorizer(
            analyzer=list, vocabulary=self.vocabulary_, dtype=np.float64
        ).transform(concepts)
        words, spelling = self.words_.transform(counts), self.spelling_.transform(counts)
        points = self._joined(words, spelling, concepts)
        return np.round(without_language(points, np.asarray(langs), self.means_), 5)

    def _joined(
        self, words: np.ndarray, spelling: np.ndarray, concepts: Sequence[Sequence[str]]
    ) -> np.ndarray:
        fields = self.fields_.transform(concepts)
        return np.hstack([words, self.spelling * spelling, self.fields * fields])
