"""The staff's page of a service: its score and trend, in parts, and the same as files."""

from typing import Any

from flask import Response, abort, request, url_for
from flask_login import login_required

from consult.feedback.queries import score_counts
from consult.feedback.scores.breakdown import pages_of
from consult.feedback.scores.report import Report, report
from consult.feedback.scores.table import COUNT_COLUMNS, count_rows
from consult.feedback.told_report import ToldReport
from consult.feedback.views.blueprint import bp, service_for
from consult.feedback.views.score_files import FORMATS, csv_file, scores_file
from consult.feedback.views.score_filters import Asked, asked_scores
from consult.i18n import bilingual_route
from consult.organizations.models import Service


def scores_context(service: Service) -> dict[str, Any]:
    """What the page of a service shows of its scores, by the filters of the address."""
    asked = asked_scores(request.args)
    by_page = score_counts.counts_by_page(service, asked.filters)
    found = _report(service, asked, by_page)
    pages = pages_of(by_page.cells)
    if asked.filters.page and asked.filters.page not in pages:
        pages.insert(0, asked.filters.page)
    return {
        "report": found,
        "told": ToldReport(found),
        "asked": asked,
        "channels": score_counts.channels_of(service),
        "pages": pages,
        "files": [(kind, _file_url(service, asked, kind)) for kind in FORMATS],
    }


def _file_url(service: Service, asked: Asked, kind: str) -> str:
    values: dict[str, Any] = {"slug": service.slug, "extension": kind, **asked.address()}
    return url_for(".scores", **values)


def _report(service: Service, asked: Asked, by_page: Any) -> Report:
    return report(
        score_counts.counts_by_day(service, asked.filters),
        by_page,
        wanted=asked.measure,
        dimensions=asked.dimensions,
    )


@bilingual_route(
    bp, "/equipe/services/<slug>/notes.<extension>", "/staff/services/<slug>/scores.<extension>"
)
@login_required
def scores(slug: str, extension: str) -> Response:
    """The figures of the page as a file, by the same filters."""
    service = service_for(slug)
    if extension not in FORMATS:
        abort(404)
    asked = asked_scores(request.args)
    by_page = score_counts.counts_by_page(service, asked.filters)
    return scores_file(service, _report(service, asked, by_page), extension)


@bilingual_route(bp, "/equipe/services/<slug>/comptes.csv", "/staff/services/<slug>/counts.csv")
@login_required
def counts(slug: str) -> Response:
    """The answers counted by day, from which every figure can be worked out again."""
    service = service_for(slug)
    found = score_counts.counts_by_day(service, asked_scores(request.args).filters)
    return csv_file(f"{service.slug}-counts.csv", COUNT_COLUMNS, count_rows(found))
