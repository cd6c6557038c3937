"""The report of an analysis, and the comments behind each of its themes."""

import uuid
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.analysis.codeframes.versions import codeframe_of
from consult.analysis.improvements.words import STATE_LABELS
from consult.analysis.models import Analysis, Theme
from consult.analysis.queries.comments import campaigns_of, comments_behind, quotations
from consult.analysis.queries.reports import (
    analysis_by_public_id,
    brackets_of,
    scale_of,
    theme_by_number,
)
from consult.analysis.queries.subjects import subject_of
from consult.analysis.report.facts import ReportFacts, report_facts
from consult.analysis.report.picture import picture
from consult.analysis.report.words import EFFORT_LABELS, group_words, grouping_words
from consult.analysis.services.request import stop_analysis
from consult.analysis.views.blueprint import actor, bp
from consult.catalogues import LANGUAGES
from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.jobs.models import JobState
from consult.jobs.time_left import seconds_left_of, time_left_words
from consult.organizations.permissions import (
    can_correct_codeframes,
    can_manage_improvements,
    can_read_reports,
    can_run_analyses,
    require,
)

_PAGE_WITHOUT_REPORT = {JobState.FAILED: "failed", JobState.STOPPED: "stopped"}


def readable_analysis(public_id: uuid.UUID) -> Analysis:
    """The analysis, when it exists and the person may read it: 404 and 403 otherwise."""
    analysis = analysis_by_public_id(public_id) or abort(404)
    require(can_read_reports, actor(), analysis.organization)
    return analysis


def readable_theme(public_id: uuid.UUID, number: int) -> Theme:
    """A theme of an analysis the person may read."""
    return theme_by_number(readable_analysis(public_id), number) or abort(404)


@bilingual_route(bp, "/analyses/<uuid:public_id>", "/analyses/<uuid:public_id>")
@login_required
def report(public_id: uuid.UUID) -> str:
    """The ranked improvements; while there are none yet, how far the work is, or why it failed."""
    analysis = readable_analysis(public_id)
    shown = {
        "analysis": analysis,
        "subject": subject_of(analysis),
        "may_start": can_run_analyses(actor(), analysis.organization),
    }
    if not analysis.completed_at:
        page = _PAGE_WITHOUT_REPORT.get(analysis.job.state, "waiting")
        left = seconds_left_of(analysis.job, utc_now())
        shown["left"] = None if left is None else time_left_words(left, current_lang())
        return render_template(f"analysis/{page}.html", **shown)
    subject_key = (analysis.service_id, analysis.consultation_id, analysis.question)
    return render_template(
        "analysis/report.html",
        brackets=brackets_of(analysis),
        **_told(report_facts(analysis)),
        campaigns=campaigns_of(analysis),
        state_labels=STATE_LABELS,
        may_improve=can_manage_improvements(actor(), analysis.organization),
        may_correct=can_correct_codeframes(actor(), analysis.organization),
        codeframe=codeframe_of(subject_key),
        **shown,
    )


@bilingual_route(
    bp, "/analyses/<uuid:public_id>/arret", "/analyses/<uuid:public_id>/stop", methods=["POST"]
)
@login_required
def stop(public_id: uuid.UUID) -> Response:
    """Stops the analysis if it is under way, and leads back to its page."""
    stop_analysis(actor(), readable_analysis(public_id), utc_now())
    db.session.commit()
    return redirect(url_for(".report", public_id=public_id), code=303)


def _told(facts: ReportFacts) -> dict[str, Any]:
    """What the page tells of the facts, and the words for it."""
    return {
        "facts": facts,
        "told_of": {theme.number: theme for theme in facts.themes},
        "impact_of": {impact.number: impact for impact in facts.impacts},
        "scale": scale_of((impact.low, impact.high) for impact in facts.impacts),
        "efforts": facts.efforts,
        "picture": picture(facts.impacts, facts.efforts),
        "effort_labels": EFFORT_LABELS,
        "group_words": group_words,
        "grouping_words": grouping_words,
    }


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/themes/<int:number>",
    "/analyses/<uuid:public_id>/themes/<int:number>",
)
@login_required
def theme(public_id: uuid.UUID, number: int) -> str:
    """All comments behind a theme, 50 a page.

    The address may ask for one language (``lang``), or for the comments that only touch on the
    theme (``also``).
    """
    shown = readable_theme(public_id, number)
    lang, also = request.args.get("lang"), 1 if request.args.get("also") else None
    lang = lang if lang in LANGUAGES else None
    page = comments_behind(shown, lang, asked_page(), is_main=not also)
    return render_template(
        "analysis/theme.html",
        theme=shown,
        subject=subject_of(shown.analysis),
        chosen={"lang": lang, "also": also},
        page=page,
        quotations=quotations(shown.analysis, page.items),
        may_improve=can_manage_improvements(actor(), shown.analysis.organization),
    )
