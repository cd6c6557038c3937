"""The editor's highlights: pick a figure, word it in both languages, put in order, publish."""

import uuid
from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys.errors import StillOpenError
from consult.surveys.forms.highlights import HighlightForm
from consult.surveys.models import Consultation, Highlight
from consult.surveys.results.asked import asked
from consult.surveys.results.errors import FigureRefusedError
from consult.surveys.results.figures import Figure, Pick, draft_words
from consult.surveys.results.filters import DIMENSION_LABELS, chosen, offers
from consult.surveys.results.highlights import checked, highlight_by_public_id, highlights_of
from consult.surveys.results.keeping import current_counts
from consult.surveys.services import highlights as services
from consult.surveys.views.blueprint import actor, bp, readable_consultation
from consult.surveys.views.crossing import questions_to_cross

Page = str | WebResponse | tuple[str, int]


def _editable(slug: str) -> Consultation:
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    return consultation


def _highlight(consultation: Consultation, public_id: uuid.UUID) -> Highlight:
    return highlight_by_public_id(consultation, public_id) or abort(404)


@bilingual_route(
    bp, "/equipe/consultations/<slug>/faits-saillants", "/staff/consultations/<slug>/highlights"
)
@login_required
def highlights(slug: str) -> str:
    """Every highlight in order, with what keeps it from the public."""
    consultation = _editable(slug)
    kept = current_counts(consultation)
    if kept is None:
        return render_template("surveys/results_waiting.html", consultation=consultation)
    questions = kept.counts.seen(asked(consultation))
    return render_template(
        "surveys/highlights.html",
        consultation=consultation,
        highlights=checked(highlights_of(consultation), kept.counts, questions),
        questions=questions_to_cross(questions),
        labels=DIMENSION_LABELS,
    )


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/faits-saillants/nouveau",
    "/staff/consultations/<slug>/highlights/new",
    methods=["GET", "POST"],
)
@login_required
def new_highlight(slug: str) -> Page:
    """A figure picked in the address (``question``, ``choices``, ``of``), then its words."""
    consultation = _editable(slug)
    pick, form, figure, refusal = _pick(consultation), HighlightForm(), None, ""
    try:
        figure = services.work_out(consultation, pick)
    except FigureRefusedError as error:
        refusal = str(error.message) if pick.choices or request.method == "POST" else ""
    if figure and form.validate_on_submit():
        services.add_highlight(actor(), consultation, pick, form.words(), utc_now())
        db.session.commit()
        flash(_("The highlight is saved. Only your team sees it until you publish it."))
        return redirect(url_for("surveys.highlights", slug=slug), code=303)
    if figure and not form.is_submitted():
        words = draft_words(figure)
        form.words_fr.data, form.words_en.data = words.fr, words.en
    return _render_new(consultation, pick, form, figure, refusal)


def _pick(consultation: Consultation) -> Pick:
    dimension, _colon, value = request.args.get("of", "").partition(":")
    filters = chosen(offers(consultation, with_versions=False), {dimension: value})
    return Pick(request.args.get("question", ""), request.args.getlist("choices"), filters)


def _render_new(
    consultation: Consultation, pick: Pick, form: HighlightForm, figure: Figure | None, refusal: str
) -> Page:
    questions = questions_to_cross(asked(consultation))
    page = render_template(
        "surveys/highlight_new.html",
        consultation=consultation,
        pick=pick,
        question=next((one for one in questions if one.name == pick.question), None),
        questions=questions,
        offers=offers(consultation, with_versions=False),
        labels=DIMENSION_LABELS,
        form=form,
        figure=figure,
        refusal=refusal,
    )
    return (page, 422) if form.is_submitted() else page


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/faits-saillants/<uuid:public_id>",
    "/staff/consultations/<slug>/highlights/<uuid:public_id>",
    methods=["GET", "POST"],
)
@login_required
def edit_highlight(slug: str, public_id: uuid.UUID) -> Page:
    """The words of a highlight."""
    consultation = _editable(slug)
    highlight = _highlight(consultation, public_id)
    words = highlight.words
    form = HighlightForm(data={"words_fr": words.fr, "words_en": words.en})
    if form.validate_on_submit():
        return _do(slug, lambda: services.reword(actor(), highlight, form.words()))
    page = render_template(
        "surveys/highlight_edit.html", consultation=consultation, highlight=highlight, form=form
    )
    return (page, 422) if form.errors else page


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/faits-saillants/<uuid:public_id>/gestes",
    "/staff/consultations/<slug>/highlights/<uuid:public_id>/actions",
    methods=["POST"],
)
@login_required
def act_on_highlight(slug: str, public_id: uuid.UUID) -> WebResponse:
    """Does what the button ``do`` says: publish, withdraw, update, up, down or remove."""
    highlight = _highlight(_editable(slug), public_id)
    verbs: dict[str, Callable[[], None]] = {
        "publish": lambda: services.publish_highlight(actor(), highlight, utc_now()),
        "withdraw": lambda: services.withdraw_highlight(actor(), highlight, utc_now()),
        "update": lambda: services.update_figure(actor(), highlight, utc_now()),
        "up": lambda: services.move_highlight(actor(), highlight, -1),
        "down": lambda: services.move_highlight(actor(), highlight, 1),
        "remove": lambda: services.remove_highlight(actor(), highlight),
    }
    return _do(slug, verbs.get(request.form.get("do", "")) or abort(404))


def _do(slug: str, verb: Callable[[], None]) -> WebResponse:
    """Does one thing, says so or why not, and comes back to the list."""
    try:
        verb()
    except (FigureRefusedError, StillOpenError) as error:
        db.session.rollback()
        flash(str(error.message), "error")
    else:
        db.session.commit()
        flash(_("Done. The highlights are up to date."))
    return redirect(url_for("surveys.highlights", slug=slug), code=303)
