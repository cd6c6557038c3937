"""Reads of highlights, each beside the figure that the answers give now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from consult.db import db
from consult.surveys.models import Consultation, Highlight
from consult.surveys.results.asked import Asked
from consult.surveys.results.counts import Counts
from consult.surveys.results.errors import FigureRefusedError
from consult.surveys.results.figures import Figure, Pick, figure_of


@dataclass(frozen=True)
class Checked:
    """A highlight and what its figure is now; None when its question is gone."""

    highlight: Highlight
    now: Figure | None

    @property
    def still_true(self) -> bool:
        """True when the answers give the same numbers as when the highlight was made."""
        kept = self.highlight.count, self.highlight.base
        return self.now is not None and (self.now.count, self.now.base) == kept

    @property
    def may_show(self) -> bool:
        """True when the public may see it: still true, and with enough people behind it."""
        return self.still_true and self.now is not None and self.now.is_public


def highlights_of(consultation: Consultation) -> Sequence[Highlight]:
    """Every highlight of a consultation, in the order of the editor."""
    query = select(Highlight).where(Highlight.consultation_id == consultation.id)
    return db.session.scalars(query.order_by(Highlight.position, Highlight.id)).all()


def highlight_by_public_id(consultation: Consultation, public_id: uuid.UUID) -> Highlight | None:
    """The highlight with this public identifier, if it belongs to the consultation."""
    query = select(Highlight).where(
        Highlight.public_id == public_id, Highlight.consultation_id == consultation.id
    )
    return db.session.scalar(query)


def pick_of(highlight: Highlight) -> Pick:
    """What the editor chose for a highlight."""
    return Pick(highlight.question, highlight.choices, highlight.filters)


def checked(
    highlights: Sequence[Highlight], counts: Counts, questions: tuple[Asked, ...]
) -> list[Checked]:
    """Each highlight with its figure by these counts."""
    return [Checked(one, _now(one, counts, questions)) for one in highlights]


def shown_highlights(
    consultation: Consultation, counts: Counts, questions: tuple[Asked, ...]
) -> list[Checked]:
    """The published highlights that the answers still bear out."""
    published = [one for one in highlights_of(consultation) if one.published_at]
    return [one for one in checked(published, counts, questions) if one.may_show]


def _now(highlight: Highlight, counts: Counts, questions: tuple[Asked, ...]) -> Figure | None:
    try:
        return figure_of(counts, questions, pick_of(highlight))
    except FigureRefusedError:
        return None
