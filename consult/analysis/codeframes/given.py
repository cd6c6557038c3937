"""An analysis of a subject that has a codeframe begins from its themes, and keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.analysis.codeframes.comment_lists import comments_with, effective
from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframePlacement,
    CodeframeTheme,
)
from consult.analysis.codeframes.placing import place_comments
from consult.analysis.codeframes.versions import codeframe_of, current_version, living, resolved
from consult.analysis.models import Analysis
from consult.analysis.queries.sources import SourceComment
from consult.db import Localized, db
from consult.jobs.services import Progress

if TYPE_CHECKING:
    from consult.analysis.text.membership import GivenThemes

#: Cosine given to a comment that a person placed: nothing is nearer its theme.
BY_PERSON = 1.0


@dataclass(frozen=True)
class KeptThemes:
    """The top themes of a codeframe's version, and the one each comment counts in.

    ``places`` gives the number of a comment's theme, from 0, and how near it lies; ``also`` the
    others that a person added; ``pieces`` where in its words (start, end, theme). Sub-themes count
    in the theme above; what is excluded in none.
    """

    number: int
    keys: Sequence[uuid.UUID]
    labels: Sequence[Localized]
    places: Mapping[uuid.UUID, tuple[int, float]]
    also: Mapping[uuid.UUID, list[int]]
    pieces: Mapping[uuid.UUID, list[tuple[int, int, int]]]

    def given(self, comments: Sequence[SourceComment]) -> GivenThemes:
        """The same for the comments of an analysis, in their order."""
        import numpy as np

        from consult.analysis.text.membership import GivenThemes

        places = [self.places.get(comment.public_id, (-1, 0.0)) for comment in comments]
        return GivenThemes(
            labels=[{"fr": label.fr, "en": label.en} for label in self.labels],
            main=np.array([theme for theme, _near in places], dtype=int),
            also=[self.also.get(comment.public_id, []) for comment in comments],
            weight=np.array([near for _theme, near in places], dtype=float),
            pieces={
                row: self.pieces[comment.public_id]
                for row, comment in enumerate(comments)
                if comment.public_id in self.pieces
            },
        )


def begin_from_codeframe(
    analysis: Analysis, progress: Progress, clock: Callable[[], datetime]
) -> KeptThemes | None:
    """The themes kept for the analysis's subject, learned again and with all comments placed.

    None when there is no codeframe. Commits.
    """
    codeframe = codeframe_of((analysis.service_id, analysis.consultation_id, analysis.question))
    if codeframe is None:
        return None
    place_comments(codeframe.id, progress, clock, relearn=True)
    db.session.commit()
    return _kept(codeframe)


def _kept(codeframe: Codeframe) -> KeptThemes | None:
    version = current_version(codeframe)
    themes = {theme.key: theme for theme in living(version.themes)}
    tops = {end: _top(themes, end) for end in themes}
    ends = {key: tops.get(end) for key, end in resolved(version.themes).items()}
    theme, placed = effective()
    rows = db.session.execute(
        comments_with(
            codeframe, CodeframeAssignment.comment_id, theme, placed, CodeframeAssignment.cosine
        )
    ).all()
    found = {
        comment: (ends.get(key), BY_PERSON if by_person else cosine)
        for comment, key, by_person, cosine in rows
    }
    spoken = {top for top, _near in found.values()}
    keys = [
        key
        for key, theme_ in sorted(themes.items(), key=lambda pair: pair[1].position)
        if tops[key] == key and (key in spoken or theme_.pinned)
    ]
    if not keys:
        return None
    numbers = {key: number for number, key in enumerate(keys)}
    also, pieces = _beside(codeframe, ends, numbers)
    return KeptThemes(
        version.number,
        keys,
        [themes[key].label for key in keys],
        {comment: (numbers[top], near) for comment, (top, near) in found.items() if top in numbers},
        also,
        pieces,
    )


def _beside(
    codeframe: Codeframe,
    ends: Mapping[uuid.UUID, uuid.UUID | None],
    numbers: Mapping[uuid.UUID, int],
) -> tuple[dict[uuid.UUID, list[int]], dict[uuid.UUID, list[tuple[int, int, int]]]]:
    """What people put beside main themes: whole comments, and pieces, in the numbers of themes.

    ``ends`` gives the top theme that each key counts in.
    """
    also: dict[uuid.UUID, list[int]] = {}
    pieces: dict[uuid.UUID, list[tuple[int, int, int]]] = {}
    beside = select(CodeframePlacement).where(
        CodeframePlacement.codeframe_id == codeframe.id,
        CodeframePlacement.until.is_(None),
        ~CodeframePlacement.is_main,
    )
    for placed in db.session.scalars(beside):
        top = ends.get(placed.theme_key)
        if top is None or top not in numbers:
            continue
        if placed.piece_start is None or placed.piece_end is None:
            also.setdefault(placed.comment_id, []).append(numbers[top])
        else:
            place = (placed.piece_start, placed.piece_end, numbers[top])
            pieces.setdefault(placed.comment_id, []).append(place)
    return also, pieces


def _top(themes: Mapping[uuid.UUID, CodeframeTheme], key: uuid.UUID) -> uuid.UUID | None:
    """The theme that a living theme counts in: the one above it; None when either is excluded."""
    theme = themes[key]
    above = themes.get(theme.parent_key) if theme.parent_key else None
    if theme.excluded or (above and above.excluded):
        return None
    return above.key if above else key
