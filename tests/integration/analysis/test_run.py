"""From comments in the database to themes in the database."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from consult.analysis.errors import NothingToAnalyzeError
from consult.analysis.models import Analysis, Theme, ThemeComment
from consult.analysis.queries.subjects import subject_of_service
from consult.analysis.services.request import request_analysis
from consult.analysis.services.run import run
from consult.db import db, utc_now
from consult.errors import NotAllowedError
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Account, Role, Service

LATER = datetime(2030, 1, 1, tzinfo=UTC)


def themes_of(analysis: Analysis) -> list[tuple[object, ...]]:
    query = select(Theme).where(Theme.analysis_id == analysis.id).order_by(Theme.rank)
    return [
        (t.id, t.number, t.label.fr, t.label.en, t.comments, t.points_low)
        for t in db.session.scalars(query)
    ]


def test_an_analysis_counts_what_it_read(analysis: Analysis) -> None:
    assert (analysis.comments, analysis.non_answers, analysis.rated) == (41, 2, 41)
    assert analysis.overall_mean == pytest.approx(114 / 41)
    assert analysis.period_from == datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    assert len(themes_of(analysis)) == 3
    assert analysis.parameters["tier"] == "none"


def test_the_theme_that_costs_most_comes_first(analysis: Analysis) -> None:
    first = analysis.themes[0]
    assert first.points_at_stake is not None
    assert first.points_at_stake > 0
    assert "téléphone" in first.label.fr.casefold()
    assert "phone" in first.label.en.casefold()


def test_each_comment_counts_in_one_theme_at_most(analysis: Analysis) -> None:
    mains = (
        select(ThemeComment.comment_id, func.count())
        .where(ThemeComment.is_main)
        .group_by(ThemeComment.comment_id)
    )
    counts = [count for _comment, count in db.session.execute(mains)]
    assert set(counts) == {1}
    assert len(counts) == analysis.themed == sum(theme.comments for theme in analysis.themes)


def test_running_twice_changes_nothing(analysis: Analysis) -> None:
    before, links = themes_of(analysis), db.session.scalar(select(func.count(ThemeComment.id)))
    completed = analysis.completed_at
    run(analysis.id, lambda stage, share: None, lambda: LATER)
    db.session.commit()
    assert themes_of(analysis) == before
    assert db.session.scalar(select(func.count(ThemeComment.id))) == links
    assert analysis.completed_at == completed


def test_two_workers_at_once_write_one_report(
    comments: list[FeedbackItem], analyst: Account, service: Service
) -> None:
    subject = subject_of_service(service.slug)
    assert subject
    made = request_analysis(analyst, subject, themes=3, seed=0, now=utc_now())
    db.session.commit()
    overtaken: list[str] = []

    def another_worker(stage: str, share: float) -> None:
        if not overtaken:
            overtaken.append(stage)
            run(made.id, lambda stage, share: None, utc_now)
            db.session.commit()

    run(made.id, another_worker, lambda: LATER)
    db.session.commit()
    assert len(themes_of(made)) == 3
    assert made.completed_at != LATER


def test_asking_again_leads_to_the_analysis_under_way(
    comments: list[FeedbackItem], analyst: Account, service: Service
) -> None:
    subject = subject_of_service(service.slug)
    assert subject
    first = request_analysis(analyst, subject, themes=None, seed=0, now=utc_now())
    again = request_analysis(analyst, subject, themes=None, seed=0, now=utc_now())
    assert again is first


def test_nothing_to_analyze_is_said(analyst: Account, service: Service) -> None:
    subject = subject_of_service(service.slug)
    assert subject
    with pytest.raises(NothingToAnalyzeError):
        request_analysis(analyst, subject, themes=None, seed=0, now=utc_now())


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_only_analysts_and_administrators_start(
    comments: list[FeedbackItem], staff: Callable[..., Account], service: Service, role: Role
) -> None:
    subject = subject_of_service(service.slug)
    assert subject
    with pytest.raises(NotAllowedError):
        request_analysis(staff(role), subject, themes=None, seed=0, now=utc_now())
