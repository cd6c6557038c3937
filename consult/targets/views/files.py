"""Lists and histories of the targets as files, CSV and JSON, of today or as they were kept."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import Response, abort, current_app, jsonify

from consult.db import utc_now
from consult.feedback.views.score_files import FORMATS, csv_file, may_be_kept
from consult.i18n import bilingual_route
from consult.organizations.models import Organization
from consult.quebec_time import quebec_day
from consult.targets.definitions import TARGETS, Definition, definition_of, definition_on
from consult.targets.indicators import BY_CODE
from consult.targets.models import IndicatorDeclaration
from consult.targets.months import last_day
from consult.targets.queries.declared import all_declarations
from consult.targets.queries.figures import Entry, Figure, entries
from consult.targets.queries.history import Kept, history, kept_list, kept_version
from consult.targets.services.keeping import recomputed
from consult.targets.views.blueprint import (
    address_of,
    asked_month,
    body_or_404,
    bp,
    target_or_404,
)

DECLARED_COLUMNS = (
    *("body", "target", "code", "goal", "kind", "value", "measured_on", "evidence_fr"),
    *("evidence_en", "link", "declared_at"),
)
HISTORY_COLUMNS = (
    *("target", "body", "month", "as_of", "definition_version", "counted", "total", "goal"),
    "kept_at",
)


@bilingual_route(
    bp, "/cibles/<int:number>/liste.<extension>", "/targets/<int:number>/list.<extension>"
)
@bilingual_route(
    bp,
    "/cibles/organismes/<slug>/<int:number>/liste.<extension>",
    "/targets/bodies/<slug>/<int:number>/list.<extension>",
)
def list_file(number: int, extension: str, slug: str | None = None) -> Response:
    """The list behind a figure: of today, or of the end of ``month`` (2026-10) as it was kept.

    The JSON of a kept figure also tells what the same version of the rule gives from what is known
    today.
    """
    _check(extension)
    target, body, month = target_or_404(number), body_or_404(slug), asked_month()
    more: dict[str, Any] = {}
    if month is None:
        day = quebec_day(utc_now())
        definition = definition_on(target, day)
        listed = entries(definition, day, body)
        figure = Figure(sum(e.counts for e in listed), len(listed), definition.goal)
    else:
        kept = kept_version(target, month, body) or abort(404)
        day, figure = last_day(month), kept.figure
        definition = definition_of(target, kept.version)
        listed = kept_list(target, month, body)
        if extension == "json":
            more["kept_at"] = kept.taken_at.isoformat(timespec="seconds")
            again = recomputed(kept, body)
            more["recomputed"] = {"counted": sum(e.counts for e in again), "total": len(again)}
    response = may_be_kept(_list_file(definition, day, body, figure, listed, extension, more))
    if month is None:  # it proves the figure of the page, which moves
        response.cache_control.max_age = 0
    return response


@bilingual_route(
    bp, "/cibles/<int:number>/historique.<extension>", "/targets/<int:number>/history.<extension>"
)
@bilingual_route(
    bp,
    "/cibles/organismes/<slug>/<int:number>/historique.<extension>",
    "/targets/bodies/<slug>/<int:number>/history.<extension>",
)
def history_file(number: int, extension: str, slug: str | None = None) -> Response:
    """The figures kept month by month."""
    _check(extension)
    target, body = target_or_404(number), body_or_404(slug)
    rows = [_history_row(one, body) for one in history(body).get(target, [])]
    if extension == "csv":
        name = f"target-{number}-{_scope(body)}-history.csv"
        lines = ([row[column] for column in HISTORY_COLUMNS] for row in rows)
        return may_be_kept(csv_file(name, HISTORY_COLUMNS, lines))
    return may_be_kept(jsonify({"target": target, "body": _scope(body), "history": rows}))


@bilingual_route(bp, "/cibles/indicateurs.<extension>", "/targets/indicators.<extension>")
@bilingual_route(
    bp,
    "/cibles/organismes/<slug>/indicateurs.<extension>",
    "/targets/bodies/<slug>/indicators.<extension>",
)
def declared_file(extension: str, slug: str | None = None) -> Response:
    """Everything that public bodies declared of the seven other targets, corrections included."""
    _check(extension)
    body = body_or_404(slug)
    rows = [_declared_row(one) for one in all_declarations(body)]
    if extension == "csv":
        lines = ([row[column] for column in DECLARED_COLUMNS] for row in rows)
        return may_be_kept(csv_file(f"declared-{_scope(body)}.csv", DECLARED_COLUMNS, lines))
    return may_be_kept(jsonify({"body": _scope(body), "declared": rows}))


def _declared_row(one: IndicatorDeclaration) -> dict[str, Any]:
    indicator = BY_CODE[one.indicator]
    return {
        "body": one.organization.slug,
        "target": indicator.number,
        "code": indicator.code,
        "goal": indicator.goal,
        "kind": "yes or no" if indicator.is_yes_no else "share",
        "value": one.value,
        "measured_on": one.measured_on.isoformat(),
        "evidence_fr": one.evidence.fr,
        "evidence_en": one.evidence.en,
        "link": one.link,
        "declared_at": one.declared_at.isoformat(timespec="seconds"),
    }


def _list_file(
    definition: Definition,
    day: date,
    body: Organization | None,
    figure: Figure,
    listed: Sequence[Entry],
    extension: str,
    more: dict[str, Any],
) -> Response:
    rows = list(_list_rows(definition, day, listed))
    if extension == "csv":
        number = TARGETS.index(definition.target) + 1
        name = f"target-{number}-{_scope(body)}-{day.isoformat()}.csv"
        columns = tuple(_list_columns(definition))
        return csv_file(name, columns, ([row[column] for column in columns] for row in rows))
    about = {
        "target": definition.target,
        "body": _scope(body),
        "as_of": day.isoformat(),
        "definition_version": definition.number,
        "counted": figure.counted,
        "total": figure.total,
        "goal": definition.goal,
        "lacking": figure.lacking,
        **more,
        "list": rows,
    }
    return jsonify(about)


def _list_columns(definition: Definition) -> Iterator[str]:
    yield from ("target", "definition_version", "as_of", "body", "body_fr", "body_en", "kind")
    yield from ("id", "name_fr", "name_en", *definition.dates, "counts", "reason", "address")


def _list_rows(
    definition: Definition, day: date, listed: Sequence[Entry]
) -> Iterator[dict[str, Any]]:
    base: str = current_app.config["SETTINGS"].base_url
    for entry in listed:
        address = address_of(entry)
        yield {
            "target": definition.target,
            "definition_version": definition.number,
            "as_of": day.isoformat(),
            "body": entry.body,
            "body_fr": entry.body_name.fr,
            "body_en": entry.body_name.en,
            "kind": entry.kind,
            "id": entry.key,
            "name_fr": entry.name.fr,
            "name_en": entry.name.en,
            **{name: found.isoformat() if found else "" for name, found in entry.dates.items()},
            "counts": "yes" if entry.counts else "no",
            "reason": entry.reason,
            "address": f"{base.rstrip('/')}{address}" if address.startswith("/") else address,
        }


def _history_row(one: Kept, body: Organization | None) -> dict[str, Any]:
    return {
        "target": one.target,
        "body": _scope(body),
        "month": f"{one.month:%Y-%m}",
        "as_of": last_day(one.month).isoformat(),
        "definition_version": one.version,
        "counted": one.figure.counted,
        "total": one.figure.total,
        "goal": one.figure.goal,
        "kept_at": one.taken_at.isoformat(timespec="seconds"),
    }


def _scope(body: Organization | None) -> str:
    return body.slug if body else "all"


def _check(extension: str) -> None:
    if extension not in FORMATS:
        abort(404)
