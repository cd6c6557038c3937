"""The report as a file, in the language of its address."""

import uuid
from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import Response, abort
from flask_login import login_required

from consult.analysis.report.as_json import report_json
from consult.analysis.report.content import Content, content_of
from consult.analysis.report.pdf import report_pdf
from consult.analysis.report.workbook import report_workbook
from consult.analysis.views.blueprint import bp
from consult.analysis.views.reports import readable_analysis
from consult.i18n import bilingual_route, current_lang


class _Format(NamedTuple):
    write: Callable[[Content], bytes]
    media_type: str


_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Mapping[str, _Format] = {
    "pdf": _Format(report_pdf, "application/pdf"),
    "xlsx": _Format(report_workbook, _SPREADSHEET),
    "json": _Format(report_json, "application/json"),
}


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/rapport.<extension>",
    "/analyses/<uuid:public_id>/report.<extension>",
)
@login_required
def report_file(public_id: uuid.UUID, extension: str) -> Response:
    """The whole report; for who may read its page. There is none before the analysis is done."""
    analysis, known = readable_analysis(public_id), FORMATS.get(extension)
    if known is None or analysis.completed_at is None:
        abort(404)
    file = Response(known.write(content_of(analysis)), mimetype=known.media_type)
    name = f"{'rapport' if current_lang() == 'fr' else 'report'}-{public_id}.{extension}"
    disposition = "inline" if extension == "pdf" else "attachment"
    file.headers.set("Content-Disposition", disposition, filename=name)
    file.headers["Cache-Control"] = "no-store"
    return file
