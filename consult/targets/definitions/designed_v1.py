"""New digital services designed with citizens: version 1."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, case, false, func, literal, or_, select

from consult.involvement.models import Activity
from consult.organizations.models import Service, ServiceStage
from consult.targets.definitions.base import Definition
from consult.targets.months import months_before

TARGET = "designed"

#: A service is new for as long as the strategy lasts, 2019 to 2023.
NEW_FOR_MONTHS = 48


def listed(day: date) -> Select[Any]:
    """The new digital services in use on ``day``."""
    table = Service.__table__.c
    activities = (
        select(Activity.service_id, func.min(Activity.starts_on).label("began_on"))
        .where(Activity.starts_on <= day)
        .group_by(Activity.service_id)
        .subquery()
    )
    began_on = activities.c.began_on
    return (
        select(
            Service.organization_id,
            literal("service").label("kind"),
            Service.slug.label("key"),
            table.name_fr,
            table.name_en,
            literal("").label("link"),
            func.coalesce(began_on < Service.launched_on, false()).label("counts"),
            case(
                (began_on < Service.launched_on, "involved_before"),
                (began_on.is_not(None), "involved_after"),
                else_="not_involved",
            ).label("reason"),
            Service.launched_on.label("launched_on"),
            began_on.label("activity_began_on"),
        )
        .outerjoin(activities, activities.c.service_id == Service.id)
        .where(
            Service.is_new,
            Service.is_digital,
            Service.launched_on <= day,
            Service.launched_on > months_before(day, NEW_FOR_MONTHS),
            or_(
                Service.retired_on > day,
                and_(Service.retired_on.is_(None), Service.stage != ServiceStage.RETIRED),
            ),
        )
    )


DEFINITION = Definition(
    target=TARGET,
    number=1,
    valid_from=date(2019, 6, 1),
    goal=75,
    definition=_l(
        "New digital services for which citizens took part in an involvement activity before the "
        "launch."
    ),
    formula=_l(
        "New digital services with an activity begun before their launch ÷ all new digital services"
    ),
    rules=(
        _l(
            "A service is new when the register says so and it was launched within the last 48 "
            "months, the length of the strategy (2019 to 2023); after that it is counted no more."
        ),
        _l(
            "It is digital when the register says so. It is counted from the day of its launch, "
            "and no more from the day it is retired."
        ),
        _l(
            "An activity is any of those the strategy lists: focus group, satisfaction survey, "
            "interview, observation, usability test, co-design or another. Its first day is before "
            "the day of the launch."
        ),
    ),
    dates=("launched_on", "activity_began_on"),
    reasons={"involved_before": True, "involved_after": False, "not_involved": False},
    listed=listed,
)
