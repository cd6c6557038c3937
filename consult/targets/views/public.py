"""What everyone may read: the three targets with their lists, and the seven declared ones."""

from datetime import date

from flask import abort, render_template, url_for
from flask_login import current_user

from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.organizations.models import Organization
from consult.organizations.permissions import allowed_somewhere, can_read_reports
from consult.quebec_time import quebec_day
from consult.targets.definitions import TARGETS, Definition, all_definitions, definition_on
from consult.targets.indicators import BY_NUMBER, ENOUGH_BODIES, INDICATORS
from consult.targets.months import months_before
from consult.targets.queries.bodies import bodies_from, body_count
from consult.targets.queries.declared import latest, together
from consult.targets.queries.figures import figure_and_entries, figures_by_body
from consult.targets.queries.history import Kept, history
from consult.targets.queries.remembered import Told, remember, remembered
from consult.targets.told import ToldTarget
from consult.targets.views.blueprint import (
    PER_PAGE,
    address_of,
    asked_number,
    asked_page,
    body_or_404,
    bp,
    target_or_404,
)
from consult.targets.words import NAMES

#: Entries shown on the first page; the others are a click away.
FIRST_ENTRIES = 8

#: Months of history drawn; the files have all of it.
MONTHS_SHOWN = 24


@bilingual_route(bp, "/cibles", "/targets")
@bilingual_route(bp, "/cibles/organismes/<slug>", "/targets/bodies/<slug>")
def show(slug: str | None = None) -> str:
    """The three targets and the seven declared ones, of a public body or of all."""
    body = body_or_404(slug)
    day = quebec_day(utc_now())
    kept = history(body, months_before(day.replace(day=1), MONTHS_SHOWN))
    stands = latest(body)
    return render_template(
        "targets/targets.html",
        body=body,
        day=day,
        targets=[_told(target, day, body, kept.get(target, [])) for target in TARGETS],
        indicators=[(one, stands[one.code], together(one, stands[one.code])) for one in INDICATORS],
        address_of=address_of,
        staff_link=_staff_link(body),
    )


def _staff_link(body: Organization | None) -> str:
    """Where who is signed in declares indicators; '' for everyone else."""
    if not current_user.is_authenticated:
        return ""
    if body is None:
        reads = allowed_somewhere(can_read_reports, current_user)
        return url_for("targets.staff_bodies") if reads else ""
    reads = can_read_reports(current_user, body)
    return url_for("targets.indicators", slug=body.slug) if reads else ""


def _told(target: str, day: date, body: Organization | None, kept: list[Kept]) -> ToldTarget:
    definition = definition_on(target, day)
    found, first = _figure_and_entries(definition, day, body, 0, FIRST_ENTRIES)
    return ToldTarget(definition, day, found, first, kept)


def _figure_and_entries(
    definition: Definition, day: date, body: Organization | None, start: int, number: int
) -> Told:
    """Those of one public body as they stand; those of all, as they stood a moment ago."""
    if body is not None:
        return figure_and_entries(definition, day, body, start, number)
    key = definition.target, definition.number, day, start, number
    told = remembered(key)
    if told is None:
        told = figure_and_entries(definition, day, None, start, number)
        remember(key, told)
    return told


@bilingual_route(bp, "/cibles/organismes", "/targets/bodies")
def bodies() -> str:
    """Every public body with its three figures, a page at a time."""
    day = quebec_day(utc_now())
    page = asked_page(body_count())
    shown = bodies_from(page.start, PER_PAGE)
    definitions = [definition_on(target, day) for target in TARGETS]
    by_target = [figures_by_body(definition, day, shown) for definition in definitions]
    rows = [
        (
            body,
            [
                ToldTarget(definition, day, found[body.id])
                for definition, found in zip(definitions, by_target, strict=True)
            ],
        )
        for body in shown
    ]
    return render_template("targets/bodies.html", page=page, day=day, rows=rows, names=NAMES)


@bilingual_route(bp, "/cibles/<int:number>", "/targets/<int:number>")
@bilingual_route(
    bp, "/cibles/organismes/<slug>/<int:number>", "/targets/bodies/<slug>/<int:number>"
)
def one(number: int, slug: str | None = None) -> str:
    """The whole list behind a target, its history and its method; or a declared indicator."""
    if number in BY_NUMBER and slug is None:
        return _declared(number)
    target, body = target_or_404(number), body_or_404(slug)
    day = quebec_day(utc_now())
    definition = definition_on(target, day)
    start = (asked_number() - 1) * PER_PAGE
    found, listed = _figure_and_entries(definition, day, body, start, PER_PAGE)
    page = asked_page(found.total)
    if page.start != start:  # the address asked for a page past the last
        found, listed = _figure_and_entries(definition, day, body, page.start, PER_PAGE)
    return render_template(
        "targets/target.html",
        body=body,
        day=day,
        told=ToldTarget(definition, day, found, listed, history(body).get(target, [])),
        page=page,
        address_of=address_of,
        versions=all_definitions(target),
    )


def _declared(number: int) -> str:
    indicator = BY_NUMBER.get(number) or abort(404)
    stands = latest()[indicator.code]
    return render_template(
        "targets/indicator.html",
        indicator=indicator,
        stands=stands,
        together=together(indicator, stands),
        floor=ENOUGH_BODIES,
    )
