"""Comments a team already has in a file, turned into feedback. Only the command imports this."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from consult.comment_files import FileComments
from consult.config import QUEBEC_TIME
from consult.feedback.checks import MAX_COMMENT
from consult.feedback.question_sets import DEFAULT
from consult.feedback.services import Submission
from consult.privacy.text import clean_text, without_control_characters

#: Shorter texts do not tell their language by themselves.
SHORTEST_TELLING_TEXT = 20  # characters


@dataclass(frozen=True)
class FileFeedback:
    """The feedback of a file, and how many of its rows were empty or shortened."""

    submissions: list[Submission]
    empty: int
    shortened: int


def file_mark(path: Path) -> str:
    """40 characters that name the content of a file: the same rows twice get the same keys."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:40]


def feedback_from(comments: FileComments, mark: str) -> FileFeedback:
    """The feedback in a file's comments; each row's idempotency key is ``mark`` and its number.

    Ratings on another scale are brought to 1–5 by their place on it, and left out when no scale
    is known. Times are Québec's. Control characters become spaces; a comment longer than a person
    may write is cut there; rows without a word or a rating are left out.
    """
    frame = comments.frame
    ratings = _ratings(frame, comments.scale)
    langs = _langs(frame)
    texts = [clean_text(without_control_characters(text)) for text in frame["text"]]
    submissions = [
        Submission(
            answers={"rating": rating, "comment": text[:MAX_COMMENT]},
            question_set=DEFAULT,
            lang=lang,
            idempotency_key=f"{mark}-{row}",
            segment=segment,
            channel="import",
            submitted_at=moment,
        )
        for row, (text, rating, lang, moment, segment) in enumerate(
            zip(texts, ratings, langs, _moments(frame), _column(frame, "group"), strict=True)
        )
        if text or rating
    ]
    return FileFeedback(
        submissions,
        empty=len(frame) - len(submissions),
        shortened=sum(len(text) > MAX_COMMENT for text in texts),
    )


def _column(frame: pd.DataFrame, name: str) -> list[Any]:
    """The values of a column, None where there is none."""
    if name not in frame:
        return [None] * len(frame)
    return [None if pd.isna(value) else value for value in frame[name]]


def _ratings(frame: pd.DataFrame, scale: tuple[float, float] | None) -> list[int | None]:
    if scale is None:
        return [None] * len(frame)
    low, high = scale
    return [
        None if value is None else round(1 + 4 * (value - low) / (high - low))
        for value in _column(frame, "rating")
    ]


def _moments(frame: pd.DataFrame) -> Iterator[Any]:
    zone = ZoneInfo(QUEBEC_TIME)
    for moment in _column(frame, "date"):
        yield moment.to_pydatetime().replace(tzinfo=zone) if moment is not None else None


def _langs(frame: pd.DataFrame) -> list[str]:
    """The language of each row: the one told, else the text's, else that of most of the file."""
    told = _column(frame, "lang")
    known = [lang or _lang_of(text) for lang, text in zip(told, frame["text"], strict=True)]
    french = sum(lang == "fr" for lang in known)
    most = "fr" if 2 * french >= sum(lang is not None for lang in known) else "en"
    return [lang or most for lang in known]


def _lang_of(text: str) -> str | None:
    if len(text.strip()) < SHORTEST_TELLING_TEXT:
        return None
    return str(_identifier().classify(text)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["fr", "en"])
    return identifier
