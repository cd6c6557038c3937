"""From the body of a request to what was said: its fields, in JSON or as a form."""

from collections.abc import Mapping

from flask import g, request
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from consult.catalogues import LANGUAGES
from consult.errors import DomainError
from consult.feedback.errors import (
    FeedbackRefusedError,
    TooLargeError,
    UnreadableBodyError,
    UnsupportedTypeError,
)
from consult.feedback.services import Submission
from consult.feedback.views.intake import ABOUT, read_form

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

#: Answers that may stand beside the other fields in JSON.
BESIDE = ("rating", "comment")


def read_fields(too_large: type[DomainError] = TooLargeError) -> dict[str, object]:
    """The fields of the request, a form's too; raises when the body is not what it should be."""
    try:
        if request.mimetype in FORM_TYPES:
            return read_form()
        return read_json()
    except RequestEntityTooLarge as error:
        raise too_large() from error


def read_json() -> dict[str, object]:
    """The JSON object of the request."""
    if not request.is_json:
        raise UnsupportedTypeError()
    try:
        fields = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise UnreadableBodyError() from error
    if not isinstance(fields, dict):
        raise UnreadableBodyError()
    return fields


def submission_from(
    fields: Mapping[str, object], names: tuple[str, ...] = ABOUT, *, strict: bool | None = None
) -> Submission:
    """What was said, from its fields; those that are named wrongly are refused, not left out.

    ``names`` are the fields that may stand beside the answers. ``strict``: no answer to a question
    that was not asked; it is so of JSON unless told.
    """
    known = {*names, "answers", *BESIDE}
    unknown = {str(name): _l("There is no field of this name.") for name in fields.keys() - known}
    if unknown:
        raise FeedbackRefusedError(unknown)
    answers = fields.get("answers", {})
    if not isinstance(answers, dict):
        raise FeedbackRefusedError({"answers": _l("Give the answers by the name of the question.")})
    beside = {name: fields[name] for name in BESIDE if name in fields}
    about = {name: fields[name] for name in names if name in fields}
    if "lang" not in about:
        about["lang"] = g.lang_code
    return Submission(
        answers={**beside, **answers},
        strict=request.is_json if strict is None else strict,
        **about,  # type: ignore[arg-type]  # nothing in it is believed before it is checked
    )


def speak(lang: object) -> None:
    """Goes on in the language that the sender names, when it is one of ours."""
    if isinstance(lang, str) and lang in LANGUAGES:
        g.lang_code = lang
        refresh()


def key_of_header() -> str | None:
    """What the ``Idempotency-Key`` header says, in the quotes of its standard or without them."""
    key = request.headers.get("Idempotency-Key", "").strip()
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key or None
