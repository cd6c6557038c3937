"""Placing comments into the themes people keep: learned once, stored, no refit for what is new."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.features import CommentEmbedder
from consult.analysis.text.glossary import Glosser
from consult.analysis.text.language import languages_of
from consult.analysis.text.lemmas import Lemmatizer
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.stored import Store

#: How sure a placement is. A comment that says nothing is silent and has no theme.
SURE, UNSURE, NOWHERE, SILENT = "sure", "unsure", "nowhere", "silent"

SURE_SHARE = 0.25  # a quarter of a theme's own comments lie farther from it than what is sure
NOWHERE_SHARE = 0.05  # 1 in 20 of them lies farther than what fits nowhere
LEAST = 0.1  # cosine under which nothing is ever placed
MARGIN = 0.05  # cosine by which what is sure is nearer to its theme than to any other
ENOUGH = 5  # comments of a theme from which its own distances are used
REMEMBERED = 60  # words kept of each theme, for when its comments are few or gone
FORMAT = 1


@dataclass(frozen=True)
class Placed:
    """For each comment: its theme's number (-1 for none), the cosine with it, how sure."""

    theme: np.ndarray
    cosine: np.ndarray
    how: np.ndarray


@cache
def words_known() -> str:
    """A mark of the word lists shipped: what was learned with others has to be learned again."""
    lists = sorted(
        (entry for entry in files(__package__).iterdir() if entry.name.endswith(".csv")),
        key=lambda entry: entry.name,
    )
    return hashlib.sha256(b"".join(entry.read_bytes() for entry in lists)).hexdigest()[:16]


@dataclass
class Placer:
    """Themes as directions among comments, and how near a comment has to be.

    ``centres`` (themes x d) are the mean directions of the themes' comments, rows of length 1, or
    0 for a theme nothing is known of. A new comment goes to the theme of the highest cosine. It
    fits nowhere when that is under ``floor`` (the cosine that 5 % of the theme's own comments do
    not reach, at least 0.1); it is sure when it reaches ``sure`` (that a quarter do not) and no
    theme of another family comes within 0.05; it is unsure otherwise. The cosine of a theme's own
    comment is taken with the mean of the others. A theme of fewer than 5 comments takes the
    median limits of all themes.

    ``family`` numbers the themes that stand under one another; ``remembered`` holds the commonest
    concepts of each theme and the share of its comments that have them.
    """

    lemmatizer: Lemmatizer
    glosser: Glosser
    embedder: CommentEmbedder
    centres: np.ndarray
    sure: np.ndarray
    floor: np.ndarray
    family: np.ndarray
    remembered: list[dict[str, float]] = field(default_factory=list)

    @classmethod
    def learn(
        cls,
        texts: Sequence[str],
        langs: Sequence[str],
        themes: np.ndarray,
        family: Sequence[int],
        remembered: Sequence[Mapping[str, float]] = (),
        seed: int = 0,
        before: Self | None = None,
    ) -> Self:
        """Learns from all comments, of which some have a theme.

        Args:
            texts, langs: of each comment; a language that is neither 'fr' nor 'en' is told apart.
            themes: the number of each comment's theme, from 0; -1 for none.
            family: for each theme, the number of the one it stands under, or its own.
            remembered: of each theme, what an earlier placer remembered of it.
            before: a placer whose words and space are used again, for when comments are few.
        """
        spoken = languages_of(texts, langs)
        said = np.array([not is_non_answer(text) for text in texts], dtype=bool)
        with threadpool_limits(limits=1):
            kept = [text if use else "" for text, use in zip(texts, said, strict=True)]
            lemmatizer = before.lemmatizer if before else Lemmatizer().fit(kept, spoken)
            lemmas = _lemmas(lemmatizer, kept, spoken)
            glosser = before.glosser if before else Glosser().fit(lemmas, spoken)
            concepts = glosser.transform(lemmas, spoken)
            embedder = before.embedder if before else CommentEmbedder(random_state=seed)
            points = _fitted(embedder, concepts, spoken, again=before is None)
            found = np.where(points.any(axis=1), themes, -1)
            memory = _remember(concepts, found, len(family), remembered)
            centres = _centres(points, found, len(family), embedder, memory)
            sure, floor = _limits(points, found, len(family))
        return cls(
            lemmatizer, glosser, embedder, centres, sure, floor, np.array(family, dtype=int), memory
        )

    def points(self, texts: Sequence[str], langs: Sequence[str]) -> np.ndarray:
        """Where comments lie (comments x d), rows of length 1, or 0 without a known word."""
        spoken = languages_of(texts, langs)
        concepts = self.glosser.transform(_lemmas(self.lemmatizer, texts, spoken), spoken)
        return self.embedder.transform(concepts, spoken)

    def place(self, texts: Sequence[str], langs: Sequence[str]) -> Placed:
        """The theme of each comment by the rule above; the placer itself does not change."""
        if not len(texts):
            return Placed(np.empty(0, dtype=int), np.empty(0), np.empty(0, dtype=object))
        with threadpool_limits(limits=1):
            points = self.points(texts, langs)
            cosines = np.round(np.clip(points @ self.centres.T, 0.0, 1.0), 4)
        silent = np.array([is_non_answer(text) for text in texts], dtype=bool)
        if not len(self.centres):
            none = np.full(len(texts), -1)
            return Placed(none, np.zeros(len(texts)), np.where(silent, SILENT, NOWHERE))
        nearest = cosines.argmax(axis=1)
        cosine = cosines[np.arange(len(texts)), nearest]
        others = np.where(self.family[nearest][:, None] == self.family[None, :], 0.0, cosines)
        is_sure = (cosine >= self.sure[nearest]) & (cosine - others.max(axis=1) >= MARGIN)
        nowhere = (cosine < self.floor[nearest]) | ~points.any(axis=1)
        how = np.where(nowhere, NOWHERE, np.where(is_sure, SURE, UNSURE)).astype(object)
        how[silent] = SILENT
        theme = np.where(nowhere | silent, -1, nearest)
        return Placed(theme, np.where(theme < 0, 0.0, cosine), how)

    def kept(self) -> tuple[dict[str, Any], bytes]:
        """The placer as JSON and as an npz file of its arrays."""
        store = Store()
        state = {
            "format": FORMAT,
            "words": words_known(),
            "english": dict(self.glosser.english_),
            **{
                name: store.keep(getattr(self, name))
                for name in ("lemmatizer", "embedder", "centres", "sure", "floor", "family")
            },
            "remembered": self.remembered,
        }
        return state, store.to_bytes()

    @classmethod
    def restored(cls, state: Mapping[str, Any], data: bytes) -> Self | None:
        """The placer that was kept; None when other word lists, or an older consult, made it."""
        if state.get("format") != FORMAT or state.get("words") != words_known():
            return None
        store = Store(data)
        parts = {
            name: store.restore(state[name])
            for name in ("lemmatizer", "embedder", "centres", "sure", "floor", "family")
        }
        return cls(
            glosser=Glosser().learned_from(state["english"]),
            remembered=list(state["remembered"]),
            **parts,
        )


def _fitted(
    embedder: CommentEmbedder, concepts: list[list[str]], langs: np.ndarray, *, again: bool
) -> np.ndarray:
    return embedder.fit_transform(concepts, langs) if again else embedder.transform(concepts, langs)


def _lemmas(lemmatizer: Lemmatizer, texts: Sequence[str], langs: np.ndarray) -> list[list[str]]:
    tokens = lemmatizer.transform(texts, langs)
    return [[token.lemma for token in comment if token.lemma] for comment in tokens]


def _remember(
    concepts: Sequence[Sequence[str]],
    themes: np.ndarray,
    count: int,
    before: Sequence[Mapping[str, float]],
) -> list[dict[str, float]]:
    """The commonest concepts of each theme; of a theme with few comments, what it was before."""
    memory = []
    for theme in range(count):
        rows = np.flatnonzero(themes == theme)
        if len(rows) < ENOUGH and theme < len(before) and before[theme]:
            memory.append(dict(before[theme]))
            continue
        seen: dict[str, int] = {}
        for row in rows.tolist():
            for concept in sorted(set(concepts[row])):
                seen[concept] = seen.get(concept, 0) + 1
        common = sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))[:REMEMBERED]
        memory.append({concept: round(times / len(rows), 4) for concept, times in common})
    return memory


def _centres(
    points: np.ndarray,
    themes: np.ndarray,
    count: int,
    embedder: CommentEmbedder,
    memory: Sequence[Mapping[str, float]],
) -> np.ndarray:
    """Mean directions; what is remembered weighs as much as the comments missing to ``ENOUGH``."""
    centres = np.zeros((count, points.shape[1]))
    for theme in range(count):
        rows = themes == theme
        centres[theme] = points[rows].sum(axis=0)
        if rows.sum() < ENOUGH and memory[theme]:
            words = [
                concept
                for concept, share in memory[theme].items()
                for _ in range(max(1, round(10 * share)))
            ]
            told = embedder.transform([words], np.array([""], dtype=object))[0]
            centres[theme] += (ENOUGH - rows.sum()) * told
    return np.asarray(normalize(centres))


def _limits(points: np.ndarray, themes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """``sure`` and ``floor`` of each theme."""
    sure, floor = np.full(count, np.nan), np.full(count, np.nan)
    for theme in range(count):
        own = points[themes == theme]
        if len(own) >= ENOUGH:
            others = normalize(own.sum(axis=0) - own)
            cosines = np.einsum("ij,ij->i", own, others)
            sure[theme], floor[theme] = np.quantile(cosines, [SURE_SHARE, NOWHERE_SHARE])
    known = ~np.isnan(sure)
    default = (np.median(sure[known]), np.median(floor[known])) if known.any() else (0.3, LEAST)
    sure, floor = np.where(known, sure, default[0]), np.where(known, floor, default[1])
    floor = np.maximum(floor, LEAST)
    return np.round(np.maximum(sure, floor), 4), np.round(floor, 4)
