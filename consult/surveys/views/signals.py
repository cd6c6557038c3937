"""Signs of repeated participation, told beside the results; nothing is removed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db
from consult.i18n import bilingual_route
from consult.jobs import queue, services
from consult.organizations.permissions import can_run_analyses, require
from consult.surveys.models import Consultation, CountsTable
from consult.surveys.results.asked import asked
from consult.surveys.signals import bursts, jobs, texts
from consult.surveys.signals.finding import Kind
from consult.surveys.signals.reading import (
    FIND_SIGNALS,
    example_text,
    found_signals,
    is_being_worked_out,
    latest_change,
)
from consult.surveys.signals.telling import Told
from consult.surveys.views.blueprint import actor, bp, readable_consultation

TITLES = {
    Kind.TEXTS: _l("Texts that are nearly the same"),
    Kind.MARKS: _l("Several answers from one browser"),
    Kind.BURSTS: _l("Many answers in a short time"),
}

#: The worker that serves this application knows the job.
HANDLERS = (jobs.find,)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/signaux",
    "/staff/consultations/<slug>/signals",
    methods=["GET", "POST"],
)
@login_required
def signals(slug: str) -> str | WebResponse:
    """What was found last, and a question of the address with and without it; a POST looks again.

    The address may name the question (``question``) and what to leave out (``without``, several).
    """
    consultation = readable_consultation(slug)
    if request.method == "POST":
        return _look_again(consultation)
    table = found_signals(consultation)
    return render_template(
        "surveys/signals.html",
        consultation=consultation,
        titles=TITLES,
        may_look=can_run_analyses(actor(), consultation.organization),
        under_way=is_being_worked_out(consultation),
        method={
            "alike": texts.ALIKE,
            "shingle": texts.SHINGLE,
            "shortest": texts.SHORTEST,
            "minutes": bursts.WINDOW // 60,
            "hours": bursts.AROUND * bursts.WINDOW // 3600,
            "level": bursts.LEVEL,
        },
        **(_told(consultation, table) if table else {"table": None}),
    )


def _look_again(consultation: Consultation) -> WebResponse:
    require(can_run_analyses, actor(), consultation.organization)
    if not is_being_worked_out(consultation):
        job = services.submit(FIND_SIGNALS, {"consultation_id": consultation.id})
        db.session.commit()
        queue.announce(job)
    flash(_("The answers are being looked at. Reload this page in a moment."))
    return redirect(url_for("surveys.signals", slug=consultation.slug), code=303)


def _told(consultation: Consultation, table: CountsTable) -> dict[str, object]:
    told = Told(table)
    questions = [one for one in asked(consultation) if one.is_counted]
    left_out = [kind for kind in Kind if kind in request.args.getlist("without")] or list(Kind)
    comparisons = [told.compared(one, left_out) for one in questions]
    wanted = request.args.get("question")
    chosen = next((c for c in comparisons if c.asked.name == wanted), None)
    most_changed = max(comparisons, key=lambda c: c.greatest_change, default=None)
    return {
        "table": table,
        "told": told,
        "questions": questions,
        "left_out": left_out,
        "comparison": chosen or most_changed,
        "without": told.responses_without(left_out),
        "is_old": latest_change(consultation.id) != table.covers_until,
        "example": lambda group: example_text(consultation, group.example),
    }
