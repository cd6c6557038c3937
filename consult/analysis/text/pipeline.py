"""From comments to ranked themes, one stage after the other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.text.clustering import ConsensusKMeans, centres
from consult.analysis.text.features import CommentEmbedder
from consult.analysis.text.glossary import Glosser
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.language import LanguageDetector
from consult.analysis.text.lemmas import Lemmatizer, Token
from consult.analysis.text.membership import GivenThemes, Membership, memberships
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.polarity import PolarityScorer
from consult.analysis.text.priorities import LEVEL, whole_shares
from consult.analysis.text.representatives import representative_rows
from consult.analysis.text.results import Analysis, Parameters
from consult.analysis.text.sentence_vectors import SentenceVectors
from consult.analysis.text.tables import assignments, counts, ranking, shares_by_group
from consult.analysis.text.theme_count import choose_theme_count
from consult.analysis.text.vector_join import VectorJoin
from consult.analysis.text.weighing import Evidence, weigh

Progress = Callable[[str, float], None]


def analyze_comments(
    comments: pd.DataFrame,
    *,
    themes: int | None = None,
    given: GivenThemes | None = None,
    seed: int = 0,
    bootstrap: int = 2000,
    progress: Progress | None = None,
    vectors: SentenceVectors | None = None,
    scale: tuple[float, float] | None = None,
) -> Analysis:
    """Finds the themes of ``comments``, names them and ranks what to improve first.

    Args:
        comments: one line per comment: ``text``, and where known ``rating`` (higher is better,
            NaN when missing), ``lang`` ('fr', 'en' or missing), ``date`` (datetime), ``group``.
        themes: how many themes; found when not given.
        given: the themes that people keep, and each comment's place; none is then looked for.
        seed: the same comments and seed give the same analysis.
        bootstrap: resamples behind each interval.
        progress: told the stage ('languages', 'words', 'themes', 'labels', 'priorities', 'done')
            and the fraction done, 0 to 1.
        vectors: a language model's view of the comments, joined to that of their words.
    """
    tell = progress or (lambda stage, fraction: None)
    texts = comments["text"].fillna("").astype(str).to_numpy(dtype=object)
    tell("languages", 0.0)
    langs = _languages(texts, _column(comments, "lang"))
    answered = np.array([not is_non_answer(text) for text in texts], dtype=bool)
    said = _Said.of(texts, langs, answered)
    tell("words", 0.1)
    with threadpool_limits(limits=1):  # sums in one order: the same result on every run
        tokens, points = _points(said, seed, vectors)
        tell("themes", 0.35)
        everyone = given.among(answered) if given else said.grouped(points, themes, seed, answered)
    tell("labels", 0.7)
    main = everyone.main[said.first]
    labels = given.labels if given else ThemeLabeler().fit(tokens, said.langs, main).labels_
    voices = _representatives(points, main, said)
    tell("priorities", 0.9)
    ratings = pd.to_numeric(_column(comments, "rating"), errors="coerce").to_numpy(dtype=float)
    evidence = Evidence(
        shares=whole_shares(everyone.main, len(labels)),
        ratings=ratings,
        answered=answered,
        voices=np.ones(len(texts)),
        units=np.arange(len(texts)),
        polarity=_polarity(texts, langs, ratings),
        dates=pd.to_datetime(_column(comments, "date")),
        groupings=_groupings(comments, langs),
        scale=scale,
    )
    weighed = weigh(evidence, bootstrap, seed)
    table, groups = ranking(weighed, everyone.main, labels)
    tell("done", 1.0)
    return Analysis(
        themes=table,
        assignments=assignments(langs, everyone),
        overall_mean=None if np.isnan(ratings).all() else float(np.nanmean(ratings)),
        counts=counts(langs, answered, everyone.main, ratings),
        parameters=Parameters(themes, len(labels), seed, bootstrap, LEVEL),
        said_in={n: next(iter(said)) for n, said in enumerate(labels, 1) if len(said) == 1},
        rank_groups=groups,
        representatives=voices,
        trends={t + 1: change for t, change in enumerate(weighed.trends.proven())},
        weighed=weighed,
        evidence=evidence,
        groups=shares_by_group(everyone.main, _column(comments, "group"), answered, len(labels)),
    )


@dataclass(frozen=True)
class _Said:
    """The different texts that say something: copies are analysed once, and counted all.

    ``first`` is the position of each text's first comment; ``copy_of`` gives, for each comment
    that says something, the number of its text, and ``rows`` its position.
    """

    texts: np.ndarray
    langs: np.ndarray
    first: np.ndarray
    rows: np.ndarray
    copy_of: np.ndarray

    @classmethod
    def of(cls, texts: np.ndarray, langs: np.ndarray, answered: np.ndarray) -> "_Said":
        rows = np.flatnonzero(answered)
        plain = [f"{langs[row]} {' '.join(texts[row].casefold().split())}" for row in rows]
        copy_of, distinct = pd.factorize(np.array(plain, dtype=object))
        first = np.full(len(distinct), len(texts))
        np.minimum.at(first, copy_of, rows)
        return cls(texts[first], langs[first], first, rows, copy_of)

    def grouped(
        self, points: np.ndarray, themes: int | None, seed: int, answered: np.ndarray
    ) -> Membership:
        """The themes found among the texts, given to all comments."""
        return self.spread(_themes(points, themes, seed), len(answered))

    def spread(self, grouped: Membership, total: int) -> Membership:
        """The themes of the different texts given to all ``total`` comments."""
        main = np.full(total, -1)
        main[self.rows] = grouped.main[self.copy_of]
        weight = np.zeros(total)
        weight[self.rows] = grouped.weight[self.copy_of]
        themes: list[list[int]] = [[] for _ in range(total)]
        for row, text in zip(self.rows, self.copy_of, strict=True):
            themes[row] = grouped.themes[text]
        return Membership(main, themes, weight)


def _column(comments: pd.DataFrame, name: str) -> pd.Series:
    if name in comments:
        return comments[name].reset_index(drop=True)
    return pd.Series([None] * len(comments), dtype=object)


def _groupings(comments: pd.DataFrame, langs: np.ndarray) -> dict[str, pd.Series]:
    told = {name: _column(comments, name) for name in ("channel", "group") if name in comments}
    return {"lang": pd.Series(langs), **told}


def _polarity(texts: np.ndarray, langs: np.ndarray, ratings: np.ndarray) -> np.ndarray:
    scorer = PolarityScorer().fit(texts, langs, ratings)
    found = scorer.transform(texts, langs, ratings, [[] for _ in texts])
    return np.array([one.score for one in found], dtype=float)


def _languages(texts: np.ndarray, told: pd.Series) -> np.ndarray:
    langs = told.to_numpy(dtype=object)
    unknown = ~np.isin(langs.astype(str), ["fr", "en"])
    if unknown.any():
        langs = langs.copy()
        langs[unknown] = LanguageDetector().fit_predict(texts[unknown])
    return langs


def _points(
    said: _Said, seed: int, vectors: SentenceVectors | None
) -> tuple[list[list[Token]], np.ndarray]:
    tokens = Lemmatizer().fit(said.texts, said.langs).transform(said.texts, said.langs)
    lemmas = [[token.lemma for token in comment if token.lemma] for comment in tokens]
    concepts = Glosser().fit(lemmas, said.langs).transform(lemmas, said.langs)
    points = CommentEmbedder(random_state=seed).fit_transform(concepts, said.langs)
    return tokens, VectorJoin(vectors).fit_transform(points, said.texts, said.langs, concepts)


def _themes(points: np.ndarray, asked: int | None, seed: int) -> Membership:
    """Themes numbered from 0, the largest first."""
    spoken = points.any(axis=1)
    if not spoken.any():
        none: list[list[int]] = [[] for _ in points]
        return Membership(np.full(len(points), -1), none, np.zeros(len(points)))
    wanted = asked or choose_theme_count(points[spoken], seed)
    main = np.zeros(len(points), dtype=int)
    main[spoken] = ConsensusKMeans(wanted, random_state=seed).fit(points[spoken]).labels_
    sizes = np.bincount(main[spoken])
    number = np.empty(len(sizes), dtype=int)
    number[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    main = number[main]
    return memberships(points, centres(points[spoken], main[spoken]), main)


def _representatives(points: np.ndarray, main: np.ndarray, said: _Said) -> dict[int, list[int]]:
    chosen = {}
    for theme in range(main.max(initial=-1) + 1):
        rows = np.flatnonzero(main == theme)
        if not len(rows):
            continue  # a theme that is kept, and nobody spoke of
        centre = points[rows].mean(axis=0)
        best = representative_rows(points[rows], centre, said.texts[rows], said.langs[rows])
        chosen[theme + 1] = [int(row) for row in said.first[rows[best]]]
    return chosen
