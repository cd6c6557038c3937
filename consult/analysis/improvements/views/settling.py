"""Moving an improvement from state to state, and measuring what came of it."""

import uuid
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.analysis.improvements.changing import (
    SETTLED,
    Draft,
    change_improvement,
    hold,
    move_improvement,
)
from consult.analysis.improvements.errors import ImprovementIncompleteError
from consult.analysis.improvements.filters import Filters
from consult.analysis.improvements.forms import SettleForm, values_of
from consult.analysis.improvements.measuring import measure, publish_measure
from consult.analysis.improvements.models import ImprovementState
from consult.analysis.improvements.reads import measure_by_public_id
from consult.analysis.improvements.views.making import Page, saved
from consult.analysis.improvements.views.one import changeable
from consult.analysis.improvements.words import STATE_LABELS
from consult.analysis.views.blueprint import actor, bp
from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang

#: States that the words for everyone are asked for first.
_SETTLED = {state.value: state for state in SETTLED}


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>/etat",
    "/improvements/<uuid:public_id>/state",
    methods=["POST"],
)
@login_required
def move(public_id: uuid.UUID) -> Response:
    """Moves it, and leads back to where the form stood; done or declined, asks for words first."""
    shown = changeable(public_id)
    hold(shown)
    chosen = request.form.get("state", "")
    if chosen in _SETTLED and shown.state.value != chosen:
        return redirect(url_for(".settle", public_id=public_id, state=chosen), code=303)
    state = next((one for one in ImprovementState if one == chosen), None)
    if state is None:
        flash(_("Choose the state it moves to."), "error")
    else:
        move_improvement(actor(), shown, state, utc_now())
        db.session.commit()
        title, label = shown.title.in_language(current_lang()), STATE_LABELS[state]
        flash(_("“%(title)s” is now in this state: %(state)s.", title=title, state=label))
    if request.form.get("back") == "board":
        asked: dict[str, Any] = {**Filters.of(request.args).in_address}
        back = url_for(".board", _anchor=f"improvement-{public_id}", **asked)
    else:
        back = url_for(".improvement", public_id=public_id)
    return redirect(back, code=303)


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>/etat/<state>",
    "/improvements/<uuid:public_id>/state/<state>",
    methods=["GET", "POST"],
)
@login_required
def settle(public_id: uuid.UUID, state: str) -> Page:
    """The words that everyone will read, before it is done or declined."""
    settled = _SETTLED.get(state) or abort(404)
    shown = changeable(public_id)
    form = SettleForm(settled, data=values_of(shown))
    if form.validate_on_submit() and not form.is_outdated(shown):
        words: dict[str, Any] = {**form.words()}
        draft = replace(Draft.of(shown), state=settled, **words)
        try:
            change_improvement(actor(), shown, draft, utc_now())
        except ImprovementIncompleteError as error:
            form.explain(error)
        else:
            return saved(shown)
    page = render_template(
        "analysis/improvements/settle.html", form=form, improvement=shown, state=settled
    )
    return page, 422 if form.errors else 200


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>/mesure",
    "/improvements/<uuid:public_id>/measure",
    methods=["POST"],
)
@login_required
def measure_now(public_id: uuid.UUID) -> Response:
    """Measures what came of it, as of now."""
    measure(actor(), changeable(public_id), utc_now())
    db.session.commit()
    flash(_("What came of it is measured. Only your team reads it until you make it public."))
    return redirect(url_for(".improvement", public_id=public_id, _anchor="measured"), code=303)


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>/mesures/<uuid:measure_id>",
    "/improvements/<uuid:public_id>/measures/<uuid:measure_id>",
    methods=["POST"],
)
@login_required
def publish(public_id: uuid.UUID, measure_id: uuid.UUID) -> Response:
    """Makes a measure public (``public``: 'yes'), or takes it back."""
    shown = changeable(public_id)
    measured = measure_by_public_id(measure_id)
    if measured is None or measured.improvement_id != shown.id:
        abort(404)
    is_public = request.form.get("public") == "yes"
    publish_measure(actor(), measured, utc_now(), is_public=is_public)
    db.session.commit()
    flash(
        _("Everyone can read what came of it.")
        if is_public
        else _("What came of it is no longer public.")
    )
    return redirect(url_for(".improvement", public_id=public_id, _anchor="measured"), code=303)
