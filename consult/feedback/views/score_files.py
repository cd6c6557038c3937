"""Figures as files: CSV that no spreadsheet runs, and JSON."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response, jsonify

from consult.feedback.scores.report import Report
from consult.feedback.scores.table import Row, rows
from consult.organizations.models import Service
from consult.spreadsheet_cells import formula_safe

#: How long, in seconds, public figures may be kept by who asked for them.
KEPT = 3600

FORMATS = ("csv", "json")


def scores_file(service: Service, report: Report, extension: str) -> Response:
    """The figures of a report, as ``extension`` says: one of ``FORMATS``."""
    if extension == "csv":
        return csv_file(f"{service.slug}-scores.csv", Row._fields, rows(report))
    about = {
        "service": service.slug,
        "name": {"fr": service.name.fr, "en": service.name.en},
        "from": report.first and report.first.isoformat(),
        "to": report.last and report.last.isoformat(),
        "answers": report.answers,
        "comments": report.comments,
        "figures": [row._asdict() for row in rows(report)],
    }
    return jsonify(about)


def csv_file(name: str, columns: Sequence[str], lines: Iterable[Iterable[object]]) -> Response:
    """A CSV to save: UTF-8 with the mark that spreadsheets need, lines as RFC 4180 has them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for line in lines:
        writer.writerow(formula_safe(cell) if isinstance(cell, str) else cell for cell in line)
    response = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def may_be_kept(response: Response) -> Response:
    """Lets anyone keep a public answer for a while, and other sites show it."""
    response.cache_control.public = True
    response.cache_control.max_age = KEPT
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
