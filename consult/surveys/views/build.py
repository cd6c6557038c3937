"""The builder's list of pages and questions, and the buttons that move, copy and delete them."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db
from consult.i18n import bilingual_route
from consult.question_pages.text_messages import OLDER, place_message
from consult.surveys.builder.document import find_page, find_question
from consult.surveys.builder.errors import (
    DraftChangedError,
    LastPageError,
    NotInDraftError,
    StillUsedError,
)
from consult.surveys.builder.outline import asked_count, outline, unfinished_texts
from consult.surveys.services import build as building
from consult.surveys.services.draft import Editing, definition_of, open_draft
from consult.surveys.type_words import TYPES
from consult.surveys.views.blueprint import actor, bp
from consult.surveys.views.draft_pages import (
    back_to_outline,
    changed_message,
    editable_consultation,
    editing,
    refuse,
    uses_message,
    words_of,
)

FR, EN = "/equipe/consultations/<slug>/questionnaire", "/staff/consultations/<slug>/questionnaire"


@bilingual_route(bp, f"{FR}/composer", f"{EN}/build")
@login_required
def build(slug: str) -> str:
    """The pages and questions of the draft, and what can be done with each."""
    consultation = editable_consultation(slug)
    draft = open_draft(actor(), consultation)
    pages = outline(draft.definition)
    version = consultation.version
    return render_template(
        "surveys/builder/outline.html",
        consultation=consultation,
        draft=draft,
        pages=pages,
        title=draft.definition["title"],
        types=TYPES,
        unfinished=sum(1 for _text in unfinished_texts(draft.definition)),
        questions=asked_count(draft.definition),
        is_in_place=version is not None and definition_of(version) == draft.definition,
    )


Verb = Callable[[Editing, str], Any]

#: What a button of the list asks for, 'up-question' or 'delete-page', to what does it.
VERBS: dict[str, Verb] = {
    "up-page": lambda change, name: building.move_page(change, name, -1),
    "down-page": lambda change, name: building.move_page(change, name, 1),
    "duplicate-page": building.duplicate_page,
    "delete-page": building.delete_page,
    "add-page": lambda change, _name: building.add_page(change),
    "up-question": lambda change, name: building.move_question(change, name, -1),
    "down-question": lambda change, name: building.move_question(change, name, 1),
    "duplicate-question": building.duplicate_question,
    "delete-question": building.delete_question,
}


@bilingual_route(bp, f"{FR}/composer/action", f"{EN}/build/action", methods=["POST"])
@login_required
def build_do(slug: str) -> WebResponse:
    """Does what a button of the list asks: field ``do``, 'up-question:region'."""
    consultation = editable_consultation(slug)
    asked, _colon, name = request.form.get("do", "").partition(":")
    if asked not in VERBS:
        return back_to_outline(slug)
    try:
        made = VERBS[asked](editing(consultation), name)
    except DraftChangedError as error:
        return refuse(slug, f"{changed_message(error.draft)} {_('Nothing was done. Look again.')}")
    except StillUsedError as error:
        return refuse(slug, uses_message(error.uses))
    except (LastPageError, NotInDraftError) as error:
        return refuse(slug, str(error.message))
    db.session.commit()
    message = _("Deleted.") if asked.startswith("delete") else ""
    kind = asked.partition("-")[2]
    return back_to_outline(slug, message, "" if message else f"{kind}-{made or name}")


@bilingual_route(
    bp, f"{FR}/composer/question/<name>/supprimer", f"{EN}/build/question/<name>/delete"
)
@login_required
def build_delete_question(slug: str, name: str) -> str:
    """Asks before a question goes."""
    draft = open_draft(actor(), editable_consultation(slug))
    page, index = find_question(draft.definition, name)
    question = page["questions"][index]
    return _confirm(slug, draft.revision, f"delete-question:{name}", question["label"], name, 0)


@bilingual_route(bp, f"{FR}/composer/page/<name>/supprimer", f"{EN}/build/page/<name>/delete")
@login_required
def build_delete_page(slug: str, name: str) -> str:
    """Asks before a page goes, with its questions."""
    draft = open_draft(actor(), editable_consultation(slug))
    page = find_page(draft.definition, name)
    count = len(page["questions"])
    return _confirm(slug, draft.revision, f"delete-page:{name}", page["title"], name, count)


def _confirm(
    slug: str, revision: int, do: str, words: dict[str, str], name: str, questions: int
) -> str:
    return render_template(
        "surveys/builder/delete.html",
        consultation=editable_consultation(slug),
        revision=revision,
        do=do,
        words=words_of(words, name),
        questions=questions,
    )


@bilingual_route(bp, f"{FR}/composer/langues", f"{EN}/build/languages")
@login_required
def build_languages(slug: str) -> str:
    """Every text of the draft that lacks a language or has an older one, with a way to it."""
    consultation = editable_consultation(slug)
    draft = open_draft(actor(), consultation)
    return render_template(
        "surveys/builder/languages.html",
        consultation=consultation,
        texts=list(unfinished_texts(draft.definition)),
        place_message=place_message,
        older=OLDER,
    )


#: Fields of the builder's forms that hold nothing a person wrote.
_NOT_WORDS = ("csrf_token", "revision", "do", "page", "still_same")


@bp.errorhandler(NotInDraftError)
def show_gone(error: NotInDraftError) -> tuple[str, int]:
    """What was being written is gone from the draft: its words, so that they can be copied."""
    db.session.rollback()
    values = (v for k, v in request.form.items(multi=True) if k not in _NOT_WORDS)
    page = render_template(
        "surveys/builder/gone.html",
        message=error.message,
        slug=(request.view_args or {}).get("slug"),
        typed=list(dict.fromkeys(words for value in values if len(words := value.strip()) > 2)),
    )
    return page, error.status
