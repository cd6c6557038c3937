"""Trends against what was said before the period that a report is about."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from consult.analysis.text.language import languages_of
from consult.analysis.text.membership import GivenThemes
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.placing import Placer
from consult.analysis.text.priorities import whole_shares
from consult.analysis.text.results import Analysis
from consult.analysis.text.trends import Period, share_trends
from consult.analysis.text.voices import Voices


def against_before(
    found: Analysis, now: pd.DataFrame, before: pd.DataFrame, period: Period,
    given: tuple[GivenThemes, GivenThemes] | None = None, seed: int = 0,
) -> Analysis:  # fmt: skip
    """The analysis ``found`` of the comments ``now``, its trends against those of ``before``.

    So that like is compared with like, both are placed by one rule, each comment in one theme: by
    people's codeframe where the themes are theirs, else by a :class:`Placer` learned from the
    comments of the period. The shares a trend compares may therefore differ a little from those of
    the report, which count the segments of a comment.

    Args:
        now, before: ``text``, ``lang`` and ``date`` of each comment.
        period: what the report is about.
        given: where the codeframe puts the comments of ``now`` and of ``before``.
    """
    themes = len(found.themes)
    if given:
        places = [one.main for one in given]
    else:
        main = pd.to_numeric(found.assignments["theme"]).fillna(0).to_numpy(dtype=int) - 1
        placer = Placer.learn(
            now["text"].tolist(), now["lang"].tolist(), main, range(themes), seed=seed
        )
        places = [
            placer.place(part["text"].tolist(), part["lang"].tolist()).theme
            for part in (now, before)
        ]
    shares = vstack([whole_shares(place, themes) for place in places], format="csr")
    dates = pd.concat([pd.to_datetime(now["date"]), pd.to_datetime(before["date"])])
    voices = np.concatenate([found.evidence.speaking, _voices(before)])
    trends = share_trends(csr_array(shares), voices, dates, period)
    return replace(
        found,
        weighed=replace(found.weighed, trends=trends),
        trends=dict(enumerate(trends.proven(), 1)),
    )


def _voices(comments: pd.DataFrame) -> np.ndarray:
    """What each comment counts for, 0 when it says nothing."""
    texts = comments["text"].to_numpy(dtype=object)
    answered = np.array([not is_non_answer(text) for text in texts], dtype=bool)
    langs = np.array(languages_of(texts.tolist(), comments["lang"].tolist()), dtype=object)
    return np.where(answered, Voices.of(texts, langs, answered).voice, 0.0)
