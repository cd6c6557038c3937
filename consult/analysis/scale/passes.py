"""What a worker does to one part of the comments; it gives back numbers, and few words."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from consult.analysis.scale.parts import Part, PartsError, comments_in
from consult.analysis.text.at_scale import SamplePlacer
from consult.analysis.text.attribution import Attributor
from consult.analysis.text.copies import NearCopies, text_parts
from consult.analysis.text.language import LanguageDetector
from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.space import CommentSpace
from consult.analysis.text.voices import Voices, different


@dataclass(frozen=True)
class Heard:
    """The comments of a part without their words.

    Attributes:
        about: what is told of each comment beside its words, by role.
        odds: of each comment, log-odds of French, NaN where its language is told.
        answered: whether it says something; what follows is of those that do.
        words, plain: a number for each text, and for each without case and spaces: 64 bits of
            BLAKE2, so that two of a million texts share one less than once in ten million runs.
        plain_of: the place of each in ``long``, the different ones of ``plain`` in their order.
        long, signatures: see ``NearCopies.signed``.
    """

    about: pd.DataFrame
    odds: np.ndarray
    answered: np.ndarray
    words: np.ndarray
    plain: np.ndarray
    plain_of: np.ndarray
    long: np.ndarray
    signatures: np.ndarray


@dataclass(frozen=True)
class Learned:
    """What was learned on the sample; ``scale`` are the least and the greatest rating of all."""

    placer: SamplePlacer
    space: CommentSpace
    centres: np.ndarray
    scale: tuple[float, float] | None


@dataclass(frozen=True)
class Attributed:
    """Shares, polarity and main theme of the comments of a part; see ``Attribution``."""

    shares: csr_array
    polarity: csr_array
    main: np.ndarray


def hear(part: Part) -> Heard:
    """Reads a part for the first time."""
    frame = comments_in(part)
    texts = frame["text"].to_numpy(dtype=object)
    told = frame["lang"].to_numpy(dtype=object) if "lang" in frame else np.full(len(texts), "")
    odds = np.full(len(texts), np.nan)
    unknown = ~np.isin(told.astype(str), ["fr", "en"])
    if unknown.any():
        odds[unknown] = LanguageDetector().evidence(texts[unknown])
    answered = np.array([not is_non_answer(text) for text in texts], dtype=bool)
    said = texts[answered]
    plain = _numbers([" ".join(text.casefold().split()) for text in said])
    plain_of, first = different(plain)
    long, signatures = NearCopies().signed(said[first])
    about = frame.drop(columns="text")
    return Heard(about, odds, answered, _numbers(said), plain, plain_of, long, signatures)


def words_at(part: Part, rows: Sequence[int]) -> list[str]:
    """The texts at some lines of a part."""
    return comments_in(part, rows)["text"].tolist()


def parts_at(part: Part, rows: Sequence[int]) -> list[np.ndarray]:
    """What ``text_parts`` says of the texts at some lines of a part."""
    return [text_parts(text) for text in words_at(part, rows)]


def placed(
    part: Part, rows: Sequence[int], langs: np.ndarray, learned: Learned
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Theme, nearness and sub-theme of the texts at some lines of a part, in ``langs``."""
    texts = np.array(words_at(part, rows), dtype=object)
    with threadpool_limits(limits=1):
        membership, sub = learned.placer.place(texts, langs)
    return membership.main, membership.weight, sub


def attributed(
    part: Part, langs: np.ndarray, answered: np.ndarray, own: np.ndarray, learned: Learned
) -> Attributed:
    """The themes of all comments of a part, piece by piece.

    Args:
        langs, answered: of each comment.
        own: of each that says something, the theme of its text as a whole, -1 for none.
    """
    frame = comments_in(part)
    if len(frame) != len(langs):
        raise PartsError(f"{part.name} changed while it was read. Start again.")
    texts, rows = frame["text"].to_numpy(dtype=object), np.flatnonzero(answered)
    wording_of, first = different([f"{langs[row]} {texts[row]}" for row in rows])
    each = np.arange(len(first))
    said = (texts[rows[first]], langs[rows[first]])
    voices = Voices.numbered(
        said, (rows, len(frame)), (wording_of, first), (each, each), np.full(len(first), -1)
    )
    ratings = ratings_of(frame)
    with threadpool_limits(limits=1):
        attributor = Attributor(voices, learned.space, learned.centres, learned.scale)
        found = attributor.attribute(own[first], ratings)
    return Attributed(found.shares, found.polarity, found.main)


def ratings_of(frame: pd.DataFrame) -> np.ndarray:
    """The rating of each comment, NaN where there is none."""
    told = frame["rating"] if "rating" in frame else pd.Series(np.nan, frame.index)
    return np.asarray(pd.to_numeric(told, errors="coerce"), dtype=float)


def _numbers(texts: Sequence[str] | np.ndarray) -> np.ndarray:
    found = (blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(found), dtype=np.uint64)
