"""Beside a report: the effort of each theme, and the export its figures are worked out from."""

import uuid

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response as Answer

from consult.analysis.models import Analysis
from consult.analysis.report.archive import archive
from consult.analysis.report.efforts import set_efforts as keep_efforts
from consult.analysis.report.facts import report_facts
from consult.analysis.report.models import Effort
from consult.analysis.report.pruning import evidence_today
from consult.analysis.views.blueprint import actor, bp
from consult.analysis.views.reports import readable_analysis
from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_manage_improvements, require


def _completed(public_id: uuid.UUID) -> Analysis:
    analysis = readable_analysis(public_id)
    return analysis if analysis.completed_at else abort(404)


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/efforts",
    "/analyses/<uuid:public_id>/efforts",
    methods=["POST"],
)
@login_required
def set_efforts(public_id: uuid.UUID) -> Answer:
    """Keeps the effort chosen for each theme; a choice that is none of ours is left out."""
    analysis = _completed(public_id)
    require(can_manage_improvements, actor(), analysis.organization)
    choices: dict[str, Effort | None] = {"": None, **{effort.value: effort for effort in Effort}}
    asked = {theme.number: request.form.get(f"effort-{theme.number}") for theme in analysis.themes}
    chosen = {
        number: choices[said]
        for number, said in asked.items()
        if said in choices and said != request.form.get(f"was-{number}")
    }
    changed = keep_efforts(actor(), analysis, chosen, utc_now())
    db.session.commit()
    if changed:
        flash(ngettext("%(num)d effort is saved.", "%(num)d efforts are saved.", changed))
    else:
        flash(_("No effort was changed."))
    return redirect(url_for(".report", public_id=public_id, _anchor="effort"), code=303)


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/donnees.zip",
    "/analyses/<uuid:public_id>/data.zip",
)
@login_required
def export(public_id: uuid.UUID) -> Response:
    """All figures of the report and what they come from, no one's words among it."""
    analysis = _completed(public_id)
    content = archive(report_facts(analysis), evidence_today(analysis))
    response = Response(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="analysis-{public_id}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response
