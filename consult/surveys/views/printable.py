"""The questionnaire to print and fill by hand."""

from flask import Response as WebResponse
from flask import abort, current_app, url_for

from consult.i18n import bilingual_route, current_lang
from consult.surveys.printable import printable_form
from consult.surveys.views.blueprint import bp, published_consultation


@bilingual_route(bp, "/consultations/<slug>/formulaire.pdf", "/consultations/<slug>/form.pdf")
def printable(slug: str) -> WebResponse:
    """The latest questionnaire as a tagged PDF, in the language of the address."""
    consultation = published_consultation(slug)
    if consultation.version is None or consultation.held_elsewhere:
        abort(404)
    site = current_app.config["SETTINGS"].base_url
    address = site + url_for("surveys.consultation", slug=slug)
    pdf = printable_form(consultation, consultation.version, current_lang(), address)
    answer = WebResponse(pdf, mimetype="application/pdf")
    name = f"{slug}-{current_lang()}.pdf"
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer
