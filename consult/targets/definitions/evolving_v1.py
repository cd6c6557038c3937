"""Digital services that evolve by the continuous evaluation of citizens: version 1."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, Subquery, and_, case, false, func, literal, or_, select

from consult.analysis.improvements.models import Improvement
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Service, ServiceStage
from consult.targets.definitions.base import Definition
from consult.targets.months import begins, ends, months_before

TARGET = "evolving"

ANSWERED_WITHIN_DAYS = 90
IMPROVED_WITHIN_MONTHS = 12

#: What people said or did leads to the improvement: an idea of the team alone does not count.
FROM_CITIZENS = ("theme", "alert", "activity")

#: Feedback that looks sent by a machine counts once a person kept it.
COUNTED = ("clear", "kept")


def listed(day: date) -> Select[Any]:
    """The digital services in use on ``day``.

    The improvement is asked for first: few services have one, and only of these does the figure
    look up in an index when they were last answered. Asked with EXISTS, PostgreSQL would rather
    read all feedback of 90 days.
    """
    table = Service.__table__.c
    answered_at = (
        select(FeedbackItem.submitted_at)
        .where(
            FeedbackItem.service_id == Service.id,
            FeedbackItem.submitted_at >= begins(day - timedelta(days=ANSWERED_WITHIN_DAYS - 1)),
            FeedbackItem.submitted_at < ends(day),
            FeedbackItem.review.in_(COUNTED),
        )
        .order_by(FeedbackItem.submitted_at.desc())
        .limit(1)
        .correlate(Service)
        .scalar_subquery()
    )
    is_answered = answered_at.is_not(None)
    improvements = _improvements(day)
    improved_at = improvements.c.improved_at
    return (
        select(
            Service.organization_id,
            literal("service").label("kind"),
            Service.slug.label("key"),
            table.name_fr,
            table.name_en,
            literal("").label("link"),
            case((improved_at.is_(None), false()), else_=is_answered).label("counts"),
            case(
                (and_(improved_at.is_not(None), is_answered), "answered_and_improved"),
                (improved_at.is_not(None), "not_answered"),
                (is_answered, "not_improved"),
                else_="neither",
            ).label("reason"),
            Service.launched_on.label("launched_on"),
            answered_at.label("answered_on"),
            improved_at.label("improved_on"),
        )
        .outerjoin(improvements, improvements.c.service_id == Service.id)
        .where(Service.is_digital, *_in_use(day))
    )


def _improvements(day: date) -> Subquery:
    """When each service's latest improvement that came from citizens was done.

    Of those that everyone can read: told in full, in both languages.
    """
    table = Improvement.__table__.c
    texts = ("title_fr", "title_en", "said_fr", "said_en", "did_fr", "did_en")
    return (
        select(Improvement.service_id, func.max(Improvement.settled_at).label("improved_at"))
        .where(
            Improvement.service_id.is_not(None),
            Improvement.state == "done",
            Improvement.source.in_(FROM_CITIZENS),
            Improvement.settled_at >= ends(months_before(day, IMPROVED_WITHIN_MONTHS)),
            Improvement.settled_at < ends(day),
            *(func.trim(table[name]) != "" for name in texts),
        )
        .group_by(Improvement.service_id)
        .subquery()
    )


def _in_use(day: date) -> tuple[Any, ...]:
    running = Service.stage.in_((ServiceStage.PILOT, ServiceStage.LIVE))
    undated = and_(Service.launched_on.is_(None), running, Service.created_at < ends(day))
    not_retired = and_(Service.retired_on.is_(None), Service.stage != ServiceStage.RETIRED)
    return (
        or_(Service.launched_on <= day, undated),
        or_(Service.retired_on > day, not_retired),
    )


DEFINITION = Definition(
    target=TARGET,
    number=1,
    valid_from=date(2019, 6, 1),
    goal=75,
    definition=_l(
        "Digital services that receive feedback all the time, and that changed because of what "
        "citizens said."
    ),
    formula=_l(
        "Digital services answered in the last 90 days and improved from what citizens said in the "
        "last 12 months ÷ all digital services in use"
    ),
    rules=(
        _l(
            "A service is in use from the day of its launch until the day it is retired; without a "
            "known launch, a service in pilot or live counts from the day it was entered here."
        ),
        _l(
            "Feedback is open on every service here, by its page and its widget. The service is "
            "answered when at least one person gave feedback in the last 90 days, that day "
            "included; feedback held as suspect does not count."
        ),
        _l(
            "The improvement is done, in the last 12 months, and comes from a theme of the "
            "comments, an alert on the scores or an involvement activity. An idea of the team "
            "alone does not count, nor does an improvement that is not told to the public in both "
            "languages."
        ),
    ),
    dates=("launched_on", "answered_on", "improved_on"),
    reasons={
        "answered_and_improved": True,
        "not_improved": False,
        "not_answered": False,
        "neither": False,
    },
    listed=listed,
)
