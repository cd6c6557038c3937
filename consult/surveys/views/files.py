"""Files attached to answers that were sent, for the staff: downloaded, never opened in a page."""

from uuid import UUID

from flask import abort, render_template, send_file
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.files.storing import stored_path
from consult.i18n import bilingual_route
from consult.security import sandbox
from consult.surveys import queries
from consult.surveys.views.blueprint import bp, readable_consultation


@bilingual_route(bp, "/equipe/consultations/<slug>/fichiers", "/staff/consultations/<slug>/files")
@login_required
def files(slug: str) -> str:
    """The files attached to the answers of a consultation, by question."""
    consultation = readable_consultation(slug)
    return render_template(
        "surveys/files.html",
        consultation=consultation,
        uploads=queries.sent_uploads(consultation),
    )


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/fichiers/<uuid:public_id>",
    "/staff/consultations/<slug>/files/<uuid:public_id>",
)
@login_required
def download(slug: str, public_id: UUID) -> WebResponse:
    """One file, as an attachment under a name of ours, of the type its content has."""
    upload = queries.sent_upload(readable_consultation(slug), public_id) or abort(404)
    path = stored_path(upload.public_id)
    if not path.is_file():
        abort(404)
    sandbox()
    name = f"{upload.question}-{upload.public_id.hex[-8:]}.{upload.extension}"
    file = send_file(
        path.resolve(), mimetype=upload.media_type, as_attachment=True, download_name=name
    )
    file.headers["Cache-Control"] = "no-store"
    return file
