"""Public consultations that offer a digital way to take part: version 1."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    Date,
    Select,
    String,
    Text,
    case,
    cast,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from consult.organizations.models import Organization
from consult.register.models import OutsideConsultation
from consult.surveys.models import Consultation
from consult.targets.definitions.base import Definition
from consult.targets.months import ends, months_before

TARGET = "digital_consultations"

OPENED_WITHIN_MONTHS = 12
DIGITAL_MEANS = ("online", "email", "video")


def listed(day: date) -> Select[Any]:
    """The consultations that opened in the 12 months to ``day``, here or elsewhere."""
    everything = union_all(_held_here(day), _held_elsewhere(day)).subquery()
    return select(*everything.c)


def _held_here(day: date) -> Select[Any]:
    table = Consultation.__table__.c
    return (
        select(
            Organization.id.label("organization_id"),
            literal("consultation").label("kind"),
            Consultation.slug.label("key"),
            table.title_fr.label("name_fr"),
            table.title_en.label("name_en"),
            literal("").label("link"),
            true().label("counts"),
            literal("held_here").label("reason"),
            cast(null(), Date).label("opened_on"),
            Consultation.opens_at.label("opened_on_moment"),
        )
        .join(Organization, Organization.id == Consultation.organization_id)
        .where(
            Consultation.held_elsewhere.is_(False),
            Consultation.published_at < ends(day),
            Consultation.opens_at < ends(day),
            Consultation.opens_at >= ends(months_before(day, OPENED_WITHIN_MONTHS)),
        )
    )


def _held_elsewhere(day: date) -> Select[Any]:
    table = OutsideConsultation.__table__.c
    means = cast(OutsideConsultation.means, Text)
    is_digital = or_(*(means.like(f'%"{one}"%') for one in DIGITAL_MEANS))
    return select(
        OutsideConsultation.organization_id,
        literal("outside").label("kind"),
        cast(OutsideConsultation.public_id, String).label("key"),
        table.title_fr.label("name_fr"),
        table.title_en.label("name_en"),
        OutsideConsultation.address.label("link"),
        is_digital.label("counts"),
        case((is_digital, "digital_means"), else_="no_digital_means").label("reason"),
        OutsideConsultation.opens_on.label("opened_on"),
        null().label("opened_on_moment"),
    ).where(
        OutsideConsultation.opens_on <= day,
        OutsideConsultation.opens_on > months_before(day, OPENED_WITHIN_MONTHS),
    )


DEFINITION = Definition(
    target=TARGET,
    number=1,
    valid_from=date(2019, 6, 1),
    goal=75,
    definition=_l("Public consultations in which people can take part by a digital means."),
    formula=_l(
        "Consultations opened in the last 12 months with a digital way to take part ÷ all "
        "consultations opened in the last 12 months"
    ),
    rules=(
        _l(
            "A consultation counts by the day it opens. One held here is counted once it is "
            "published, and is digital: people answer it online."
        ),
        _l(
            "One held elsewhere is counted as the register tells it. It is digital when people can "
            "take part online, by email or by video; a meeting, the phone or the mail alone is not "
            "digital."
        ),
        _l(
            "One held elsewhere whose answers were brought here counts once, as the register tells "
            "it."
        ),
    ),
    dates=("opened_on",),
    reasons={"held_here": True, "digital_means": True, "no_digital_means": False},
    listed=listed,
)
