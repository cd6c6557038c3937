"""Semantic fields: what words are about, so that comments meet that share no word."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize

from consult.analysis.text.glossary import Key, known_phrases, load_glossary
from consult.analysis.text.lemmas import content_lemmas
from consult.analysis.text.tokens import strip_accents


@cache
def load_fields() -> tuple[int, Mapping[Key, tuple[int, ...]]]:
    """How many fields the lexicon has, and the fields of each phrase, by its concepts.

    Concepts are English words, so the French side of the lexicon serves for the words that the
    glossary lacks: those stand for themselves in a comment (see ``Glosser``).
    """
    with files(__package__).joinpath("fields.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    known: defaultdict[Key, set[int]] = defaultdict(set)
    for lang in ("en", "fr"):
        found = [
            (key, field)
            for field, row in enumerate(rows)
            for phrase in row[lang].split("|")
            if (key := content_lemmas(phrase, lang))
            and (lang == "en" or key not in load_glossary().concepts)
        ]
        plain = [(tuple(map(strip_accents, key)), field) for key, field in found]
        for key, field in [pair for pair in plain if lang == "en" or pair[0] not in known]:
            known[key].add(field)
    return len(rows), {key: tuple(sorted(fields)) for key, fields in known.items()}


class SemanticFields(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Comments by the semantic fields of their words (health care, sign-in, road traffic...).

    The longest phrases count first; a phrase of several fields is shared between them. Fields
    that every comment touches count for less, by TF-IDF over the comments.

    Input: the concepts of each comment. Output: comments x fields, rows of length 1 or 0.
    """

    def fit(self, concepts: Sequence[Sequence[str]], y: None = None) -> Self:
        self.tfidf_ = TfidfTransformer(norm=None).fit(self._counts(concepts))
        return self

    def transform(self, concepts: Sequence[Sequence[str]]) -> np.ndarray:
        return np.asarray(normalize(self.tfidf_.transform(self._counts(concepts))).toarray())

    def _counts(self, concepts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        number, known = load_fields()
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, found in enumerate(concepts):
            for _phrase, fields in known_phrases(found, known):
                if fields is None:
                    continue
                rows += [row] * len(fields)
                columns += fields
                values += [1 / len(fields)] * len(fields)
        return sparse.csr_matrix((values, (rows, columns)), (len(concepts), number))
