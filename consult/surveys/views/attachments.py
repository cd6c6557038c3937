"""Pages that carry files: room for them, on these pages only, and what each file is in words."""

from typing import Any

from flask import current_app, request

from consult.db import db
from consult.files.storing import MEGABYTE
from consult.files.words import file_type_words
from consult.questionnaires.types import File
from consult.surveys import queries
from consult.surveys.models import Upload
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import own_response

#: Megabytes over what its questions take, so that a file somewhat too large is told so on the page.
_MORE = 5
#: Megabytes that one page carries at most, whatever its questions take.
_MOST = 40
_MOST_PARTS = 5_000


@bp.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Lets a page with file questions be larger than others; runs before its body is read.

    What is looked up is let go at once, so that no lock is held while the body arrives.
    """
    if endpoint != "surveys.page" or request.mimetype != "multipart/form-data" or not values:
        return
    megabytes = sum(question.max_megabytes for question in _files_asked(**values))
    db.session.rollback()
    if megabytes:
        room = min(megabytes + _MORE, _MOST) * MEGABYTE
        request.max_content_length = current_app.config["MAX_CONTENT_LENGTH"] + room
        request.max_form_parts = _MOST_PARTS


def _files_asked(slug: str, number: int, **_rest: object) -> list[File]:
    consultation = queries.consultation_by_slug(slug)
    if consultation is None:
        return []
    response = own_response(consultation)
    version = response.version if response else consultation.version
    sections = version.questionnaire.sections if version else ()
    if not 1 <= number <= len(sections):
        return []
    return [q for q in sections[number - 1].answerable if isinstance(q, File)]


def file_words(upload: Upload) -> str:
    """What a file is: 'PDF, 1.2 MB'."""
    return file_type_words(upload.extension, upload.size)
