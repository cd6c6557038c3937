"""Joining a theme to an improvement that exists already."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from consult.analysis.improvements.changing import join_evidence
from consult.analysis.improvements.errors import AlreadyJoinedError, TooMuchEvidenceError
from consult.analysis.improvements.forms import JoinForm
from consult.analysis.improvements.reads import open_improvements
from consult.analysis.improvements.views.making import Page
from consult.analysis.improvements.words import STATE_LABELS
from consult.analysis.views.blueprint import actor, bp
from consult.analysis.views.reports import readable_theme
from consult.db import db, utc_now
from consult.i18n import bilingual_route, localize
from consult.organizations.permissions import can_manage_improvements, require


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/themes/<int:number>/joindre",
    "/analyses/<uuid:public_id>/themes/<int:number>/join",
    methods=["GET", "POST"],
)
@login_required
def join(public_id: uuid.UUID, number: int) -> Page:
    """Which improvement, of those still to do, the theme is joined to."""
    theme = readable_theme(public_id, number)
    analysis = theme.analysis
    require(can_manage_improvements, actor(), analysis.organization)
    found = open_improvements(analysis.organization, analysis.service, analysis.consultation)
    by_id = {str(one.public_id): one for one in found}
    form = JoinForm()
    form.improvement.choices = [
        SelectChoice(key, f"{localize(one.title)} ({STATE_LABELS[one.state]})")
        for key, one in by_id.items()
    ]
    if form.validate_on_submit():
        chosen = by_id[form.improvement.data]
        try:
            join_evidence(actor(), chosen, theme, utc_now())
        except (AlreadyJoinedError, TooMuchEvidenceError) as error:
            form.improvement.errors = [error.message]
        else:
            db.session.commit()
            flash(_("The theme is joined to the evidence, as it is today."))
            return redirect(url_for(".improvement", public_id=chosen.public_id), code=303)
    page = render_template(
        "analysis/improvements/join.html", form=form, theme=theme, improvements=found
    )
    return page, 422 if form.errors else 200
