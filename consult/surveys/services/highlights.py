"""Highlights: figures that the editor picks, words, puts in order and publishes."""

from datetime import datetime

from consult.db import Localized, db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys.errors import StillOpenError
from consult.surveys.models import Consultation, ConsultationState, Highlight
from consult.surveys.results.asked import asked
from consult.surveys.results.counts import Counts
from consult.surveys.results.errors import FigureRefusedError
from consult.surveys.results.figures import Figure, Pick, figure_of
from consult.surveys.results.highlights import highlights_of, pick_of
from consult.surveys.results.keeping import current_counts


def work_out(consultation: Consultation, pick: Pick) -> Figure:
    """The figure of a pick by the latest counts; raises ``FigureRefusedError``."""
    counts = _counts(consultation)
    return figure_of(counts, counts.seen(asked(consultation)), pick)


def add_highlight(
    actor: Account, consultation: Consultation, pick: Pick, words: Localized, now: datetime
) -> Highlight:
    """A highlight that only the staff sees until it is published; it comes last.

    Raises ``FigureRefusedError`` when the pick makes no figure.
    """
    require(can_edit_consultations, actor, consultation.organization)
    highlight = Highlight(
        consultation=consultation,
        question=pick.question,
        choices=list(pick.choices),
        filters=dict(pick.filters),
        words=words,
        position=1 + max((one.position for one in highlights_of(consultation)), default=0),
    )
    _take(highlight, work_out(consultation, pick), now)
    db.session.add(highlight)
    db.session.flush()
    return highlight


def reword(actor: Account, highlight: Highlight, words: Localized) -> None:
    """Changes the words; a published highlight keeps both languages."""
    require(can_edit_consultations, actor, highlight.consultation.organization)
    if highlight.published_at and words.missing:
        raise FigureRefusedError("one_language")
    highlight.words = words
    db.session.flush()


def update_figure(actor: Account, highlight: Highlight, now: datetime) -> None:
    """Works the figure out again; a published one whose numbers change is taken back."""
    require(can_edit_consultations, actor, highlight.consultation.organization)
    figure = work_out(highlight.consultation, pick_of(highlight))
    if (figure.count, figure.base) != (highlight.count, highlight.base):
        highlight.published_at = None
    _take(highlight, figure, now)
    db.session.flush()


def publish_highlight(actor: Account, highlight: Highlight, now: datetime) -> None:
    """Puts a highlight on the public results.

    Raises ``StillOpenError`` before the closing time; ``FigureRefusedError`` while a language is
    missing, when the answers changed since, and when too few people are behind the figure.
    """
    consultation = highlight.consultation
    require(can_edit_consultations, actor, consultation.organization)
    if consultation.state(now) is not ConsultationState.CLOSED:
        raise StillOpenError()
    if highlight.words.missing:
        raise FigureRefusedError("one_language")
    figure = work_out(consultation, pick_of(highlight))
    if not figure.is_public:
        raise FigureRefusedError("hidden")
    if (figure.count, figure.base) != (highlight.count, highlight.base):
        raise FigureRefusedError("changed")
    highlight.published_at = highlight.published_at or now
    words = highlight.words.fr
    record_act(actor, consultation.organization, Action.HIGHLIGHT_PUBLISHED, words, now)
    db.session.flush()


def withdraw_highlight(actor: Account, highlight: Highlight, now: datetime) -> None:
    """Takes a highlight back from the public."""
    body = highlight.consultation.organization
    require(can_edit_consultations, actor, body)
    highlight.published_at = None
    record_act(actor, body, Action.HIGHLIGHT_WITHDRAWN, highlight.words.fr, now)
    db.session.flush()


def move_highlight(actor: Account, highlight: Highlight, places: int) -> None:
    """Moves a highlight up (negative) or down among the others."""
    require(can_edit_consultations, actor, highlight.consultation.organization)
    order = list(highlights_of(highlight.consultation))
    at = order.index(highlight)
    order.insert(min(max(at + places, 0), len(order) - 1), order.pop(at))
    for position, one in enumerate(order, 1):
        one.position = position
    db.session.flush()


def remove_highlight(actor: Account, highlight: Highlight) -> None:
    """Deletes a highlight; the answers stay."""
    require(can_edit_consultations, actor, highlight.consultation.organization)
    db.session.delete(highlight)
    db.session.flush()


def _counts(consultation: Consultation) -> Counts:
    kept = current_counts(consultation)
    if kept is None:
        raise FigureRefusedError("counting")
    return kept.counts


def _take(highlight: Highlight, figure: Figure, now: datetime) -> None:
    numbers = {version.number: version for version in highlight.consultation.versions}
    highlight.version = numbers[figure.asked.versions[-1]]
    highlight.count, highlight.base, highlight.computed_at = figure.count, figure.base, now
