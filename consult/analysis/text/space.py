"""The space that comments lie in: near when they speak of the same thing."""

from collections.abc import Sequence

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.features import CommentEmbedder
from consult.analysis.text.glossary import Glosser
from consult.analysis.text.lemmas import Lemmatizer, Token
from consult.analysis.text.sentence_vectors import SentenceVectors
from consult.analysis.text.tokens import Texts
from consult.analysis.text.vector_join import VectorJoin


class CommentSpace(BaseEstimator):  # type: ignore[misc]
    """Texts and their languages to points, all stages one after the other.

    Words become lemmas, lemmas the concepts of both languages, concepts points; the vectors of a
    language model are joined to these when there is one.

    Learned: ``tokens_``, those of the texts it was fitted on; ``lemmatizer_``, ``glosser_``,
    ``embedder_``, ``join_``.
    """

    def __init__(self, vectors: SentenceVectors | None = None, random_state: int = 0) -> None:
        self.vectors = vectors
        self.random_state = random_state

    def fit_transform(self, texts: np.ndarray, langs: np.ndarray) -> np.ndarray:
        """The points of n texts, n x d, rows of length 1, or 0 for no word."""
        self.lemmatizer_ = Lemmatizer().fit(texts, langs)
        self.tokens_ = self.lemmatizer_.transform(texts, langs)
        lemmas = _lemmas(self.tokens_)
        self.glosser_ = Glosser().fit(lemmas, langs)
        concepts = self.glosser_.transform(lemmas, langs)
        self.embedder_ = CommentEmbedder(random_state=self.random_state)
        points = self.embedder_.fit_transform(concepts, langs)
        self.join_ = VectorJoin(self.vectors)
        return self.join_.fit_transform(points, texts, langs, concepts)

    def transform(
        self, texts: np.ndarray, langs: np.ndarray, concepts: Sequence[Sequence[str]] | None = None
    ) -> np.ndarray:
        """The points of other texts, seen as the known ones are.

        Args:
            concepts: theirs, when they are known already.
        """
        concepts = self.concepts(texts, langs) if concepts is None else concepts
        points = self.embedder_.transform(concepts, langs)
        return self.join_.transform(points, texts, langs, concepts)

    def concepts(self, texts: Texts, langs: Texts) -> list[list[str]]:
        """What each text speaks of, in its order."""
        lemmas = _lemmas(self.lemmatizer_.transform(texts, langs))
        return self.glosser_.transform(lemmas, langs)


def _lemmas(tokens: list[list[Token]]) -> list[list[str]]:
    return [[token.lemma for token in text if token.lemma] for text in tokens]
