"""The staff's home: what can be analysed, and how far each analysis is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.analysis.codeframes.models import Codeframe
from consult.analysis.codeframes.versions import codeframes_of
from consult.analysis.queries.reports import UNDER_WAY, LatestAnalyses, latest_analyses
from consult.analysis.queries.subjects import (
    Subject,
    comment_counts,
    subject_of_question,
    subject_of_service,
    subjects_in,
)
from consult.analysis.services.request import request_analysis
from consult.analysis.views.blueprint import actor, bp
from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.jobs import queue
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    can_read_reports,
    can_run_analyses,
    require_somewhere,
)
from consult.organizations.queries import organizations_of, organizations_page


@dataclass(frozen=True)
class Line:
    """A subject on the dashboard."""

    subject: Subject
    comments: int
    latest: LatestAnalyses | None
    may_start: bool
    codeframe: Codeframe | None

    @property
    def under_way(self) -> bool:
        """True while an analysis waits for a worker or runs."""
        return self.latest is not None and self.latest.asked.job.state in UNDER_WAY

    @property
    def unanswered(self) -> bool:
        """True for a question of a consultation nobody has taken part in."""
        return self.subject.question is not None and not self.comments and not self.latest


@bilingual_route(bp, "/analyses", "/analyses")
@login_required
def dashboard() -> str:
    """What a few public bodies can analyse; the address says which of them, or which page."""
    require_somewhere(can_read_reports, actor())
    bodies = organizations_of(actor())
    body = next((body for body in bodies if body.slug == request.args.get("body")), None)
    page = organizations_page(actor(), asked_page(), BODIES)
    shown = [body] if body else page.items
    return render_template(
        "analysis/dashboard.html",
        all_bodies=bodies,
        body=body,
        bodies=shown,
        lines=_lines(shown),
        page=page,
    )


def _lines(bodies: Sequence[Organization]) -> dict[int, list[Line]]:
    """The lines of each public body, by its database id."""
    subjects = subjects_in(bodies)
    counts, latest = comment_counts(subjects), latest_analyses(bodies)
    kept = codeframes_of(bodies)
    lines: dict[int, list[Line]] = {}
    for subject in subjects:
        may_start = can_run_analyses(actor(), subject.organization)
        line = Line(
            subject,
            counts[subject.key],
            latest.get(subject.key),
            may_start,
            kept.get(subject.key),
        )
        lines.setdefault(subject.organization.id, []).append(line)
    return lines


#: How many public bodies stand on one page.
BODIES = 3

#: The periods a report may be about, by the value of the form, in days.
PERIODS = {str(days): days for days in (30, 90, 365)}


@bilingual_route(bp, "/analyses", "/analyses", methods=["POST"])
@login_required
def start() -> Response:
    """Starts the analysis of the subject named by the form, and leads to its report."""
    subject = _asked_subject() or abort(404)
    days = PERIODS.get(request.form.get("period", ""))
    analysis = request_analysis(actor(), subject, themes=None, seed=0, now=utc_now(), days=days)
    db.session.commit()
    queue.announce(analysis.job)
    return redirect(url_for(".report", public_id=analysis.public_id), code=303)


def _asked_subject() -> Subject | None:
    form = request.form
    if slug := form.get("service"):
        return subject_of_service(slug)
    return subject_of_question(form.get("consultation", ""), form.get("question", ""))
