"""The pieces of one comment: a form that moves one of them to another theme."""

import uuid

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from consult.analysis.codeframes import comment_lists, pieces, versions
from consult.analysis.codeframes.errors import NothingChosenError
from consult.analysis.views.blueprint import actor, bp
from consult.analysis.views.codeframes import EN, FR, Page, act_on, asked_id, readable, shown_page
from consult.db import SAFE_METHODS, utc_now
from consult.i18n import bilingual_route


@bilingual_route(
    bp,
    f"{FR}/commentaires/<uuid:comment_id>/passages",
    f"{EN}/comments/<uuid:comment_id>/pieces",
    methods=["GET", "POST"],
)
@login_required
def codeframe_pieces(public_id: uuid.UUID, comment_id: uuid.UUID) -> Page:
    """What a comment says, piece by piece; a POST puts one piece in another theme."""
    shown = readable(public_id)
    words = comment_lists.quotations_of(shown, [comment_id]).get(comment_id) or abort(404)
    if request.method not in SAFE_METHODS:
        return act_on(
            shown,
            lambda: pieces.move_piece(
                actor(), shown, comment_id, _asked_piece(), asked_id("to"), utc_now()
            ),
            _("The piece is placed, and the next analysis counts it there."),
            endpoint=".codeframe_pieces",
            comment_id=comment_id,
        )
    return shown_page(
        shown,
        "pieces",
        words=words,
        pieces=pieces.pieces_of(shown, comment_id),
        others=versions.living(versions.current_version(shown).themes),
        address=url_for(".codeframe_pieces", public_id=public_id, comment_id=comment_id),
    )


def _asked_piece() -> tuple[int, int]:
    start, _dash, end = request.form.get("piece", "").partition("-")
    try:
        return int(start), int(end)
    except ValueError as error:
        raise NothingChosenError() from error
