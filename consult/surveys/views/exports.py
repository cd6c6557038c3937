"""Taking a consultation's answers away as a file, with their codebook. For staff."""

from collections.abc import Generator
from itertools import chain

from flask import Response as WebResponse
from flask import abort, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from consult.i18n import bilingual_route
from consult.surveys import queries
from consult.surveys.export import CODEBOOKS, FORMATS, export_of
from consult.surveys.forms.exports import ExportForm
from consult.surveys.views.blueprint import bp, readable_consultation


@bilingual_route(
    bp, "/equipe/consultations/<slug>/exportation", "/staff/consultations/<slug>/export"
)
@login_required
def exports(slug: str) -> str:
    """The choice of a file, and the codebook."""
    consultation = readable_consultation(slug)
    return render_template(
        "surveys/exports.html",
        consultation=consultation,
        form=ExportForm(formdata=None),
        responses=queries.response_count(consultation),
    )


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/exportation/reponses",
    "/staff/consultations/<slug>/export/answers",
)
@login_required
def export_answers(slug: str) -> AnyResponse:
    """The file of answers (``format``, ``values``, ``open`` in the query), sent as it is read."""
    consultation = readable_consultation(slug)
    form = ExportForm(formdata=request.args)
    if not form.validate():
        return redirect(url_for("surveys.exports", slug=slug))
    chosen = FORMATS[form.format.data]
    export = export_of(consultation, lang=form.lang, with_open=form.open.data)
    return _download(chosen.write(export), _file_name(slug, form), chosen.media_type)


def _file_name(slug: str, form: ExportForm) -> str:
    """'slug-decidim-fr-open.csv': two files with other options have other names."""
    extension = FORMATS[form.format.data].extension
    format_ = "" if form.format.data == extension else form.format.data
    parts = [slug, format_, form.lang or "", "open" if form.open.data else ""]
    return "-".join(filter(None, parts)) + f".{extension}"


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/exportation/dictionnaire.<extension>",
    "/staff/consultations/<slug>/export/codebook.<extension>",
)
@login_required
def export_codebook(slug: str, extension: str) -> AnyResponse:
    """What each column means, in both languages, open questions included."""
    export = export_of(readable_consultation(slug), with_open=True)
    write = CODEBOOKS.get(extension) or abort(404)
    return _download(write(export), f"{slug}-codebook.{extension}", FORMATS[extension].media_type)


def _download(pieces: Generator[bytes], name: str, media_type: str) -> AnyResponse:
    """Sends the pieces as they come.

    What fails before the first one gets an error page; what fails later breaks the connection off
    before its end, so that no browser takes the part for the whole.
    """
    first = next(pieces)
    response = WebResponse(chain([first], pieces), content_type=media_type)
    response.call_on_close(pieces.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
