"""Asking for an analysis, and stopping one."""

from datetime import datetime

from consult.analysis.errors import NothingToAnalyzeError
from consult.analysis.models import Analysis
from consult.analysis.queries.reports import analysis_under_way
from consult.analysis.queries.subjects import Subject, has_comments, subject_of
from consult.db import db
from consult.jobs import services as jobs
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account
from consult.organizations.permissions import can_run_analyses, require


def request_analysis(
    actor: Account,
    subject: Subject,
    themes: int | None,
    seed: int,
    now: datetime,
    days: int | None = None,
) -> Analysis:
    """The subject's analysis under way, or a new one with its job, both in this transaction.

    Args:
        themes: how many themes to look for; chosen from the comments when None.
        seed: the only source of chance in the analysis.
        days: the last days that the report is about, up to now; all the time when None.

    The caller commits, then announces ``analysis.job``. Raises ``NotAllowedError`` and
    ``NothingToAnalyzeError``.
    """
    require(can_run_analyses, actor, subject.organization)
    if under_way := analysis_under_way(subject):
        return under_way
    if not has_comments(subject):
        raise NothingToAnalyzeError()
    analysis = Analysis(
        organization=subject.organization,
        service=subject.service,
        consultation=subject.consultation,
        question=subject.question,
        job=jobs.submit("analyze", {}),
        created_by=actor,
        created_at=now,
        parameters={"themes": themes, "seed": seed, "days": days},
    )
    db.session.add(analysis)
    db.session.flush()
    analysis.job.arguments = {"analysis_id": analysis.id}
    record_act(actor, subject.organization, Action.ANALYSIS_ASKED, subject.about.fr, now)
    return analysis


def stop_analysis(actor: Account, analysis: Analysis, now: datetime) -> None:
    """Ends an analysis that waits or runs; one that had ended stays as it is. The caller commits.

    Nothing of it is kept. Raises ``NotAllowedError``.
    """
    require(can_run_analyses, actor, analysis.organization)
    if jobs.stop(analysis.job_id, now):
        about = subject_of(analysis).about.fr
        record_act(actor, analysis.organization, Action.ANALYSIS_STOPPED, about, now)
