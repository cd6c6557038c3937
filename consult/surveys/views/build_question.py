"""The page where a question is written."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db
from consult.i18n import bilingual_route
from consult.questionnaires import QUESTION_TYPES, DefinitionError
from consult.surveys.builder.document import (
    Definition,
    find_page,
    find_question,
    flat_names,
    questions_of,
)
from consult.surveys.builder.errors import DraftChangedError, StillUsedError
from consult.surveys.forms.builder.question import (
    QuestionForm,
    errors_of,
    filled_question_form,
    new_question,
)
from consult.surveys.models import Consultation, QuestionnaireDraft
from consult.surveys.services.build import add_question, save_question
from consult.surveys.services.draft import ReadAgain, answered_names, open_draft
from consult.surveys.type_words import TYPES
from consult.surveys.views.blueprint import actor, bp
from consult.surveys.views.build import EN, FR
from consult.surveys.views.draft_pages import (
    Page,
    back_to_outline,
    changed_message,
    editable_consultation,
    editing,
    show_problems,
    uses_message,
    words_of,
)


@bilingual_route(bp, f"{FR}/composer/page/<name>/ajouter", f"{EN}/build/page/<name>/add")
@login_required
def build_add(slug: str, name: str) -> str:
    """The types of question, to choose one."""
    consultation = editable_consultation(slug)
    page = find_page(open_draft(actor(), consultation).definition, name)
    return render_template(
        "surveys/builder/types.html", consultation=consultation, page=page, types=TYPES
    )


@dataclass(frozen=True)
class Written:
    """A question being written: its form, where it stands, and what the page says of it."""

    consultation: Consultation
    draft: QuestionnaireDraft
    stored: Definition
    form: QuestionForm
    name: str | None = None
    name_is_kept: bool = False


@bilingual_route(
    bp,
    f"{FR}/composer/page/<name>/ajouter/<kind>",
    f"{EN}/build/page/<name>/add/<kind>",
    methods=["GET", "POST"],
)
@login_required
def build_new_question(slug: str, name: str, kind: str) -> Page:
    """A question that is not there yet, at the end of a page."""
    if kind not in QUESTION_TYPES:
        abort(404)
    consultation = editable_consultation(slug)
    draft = open_draft(actor(), consultation)
    find_page(draft.definition, name)
    stored = new_question(kind)
    written = Written(consultation, draft, stored, _form(draft, stored, name))

    def save(question: Definition) -> str:
        return add_question(editing(consultation), written.form.page.data, question)

    return _answer(written, save)


@bilingual_route(
    bp,
    f"{FR}/composer/question/<name>",
    f"{EN}/build/question/<name>",
    methods=["GET", "POST"],
)
@login_required
def build_question(slug: str, name: str) -> Page:
    """A question of the draft, both languages side by side, with its settings and its logic."""
    consultation = editable_consultation(slug)
    draft = open_draft(actor(), consultation)
    page, index = find_question(draft.definition, name)
    stored = page["questions"][index]
    form = _form(draft, stored, page["name"])
    is_kept = bool(flat_names(stored) & answered_names(consultation))
    if is_kept:
        del form.name
    written = Written(consultation, draft, stored, form, name, is_kept)

    def save(question: Definition) -> str:
        read = ReadAgain(form.read_again(), form.still_same.data)
        return save_question(editing(consultation), name, form.page.data, question, read)

    return _answer(written, save)


def _form(draft: QuestionnaireDraft, stored: Definition, page: str) -> QuestionForm:
    pages = [(p["name"], words_of(p["title"], p["name"])) for p in draft.definition["sections"]]
    sent = request.form if request.method == "POST" else None
    return filled_question_form(stored["type"], stored, page, pages, sent)


def _answer(written: Written, save: Callable[[Definition], str]) -> Page:
    """Shows the form, or saves it; whatever is refused comes back as it was typed."""
    if request.method != "POST" or request.form.get("do", "save") != "save":
        return _render(written)
    form = written.form
    if not form.validate():
        return _render(written, 422)
    try:
        name = save(form.definition(written.stored))
    except DefinitionError as error:
        db.session.rollback()
        show_problems(form, error)
        return _render(written, 422)
    except StillUsedError as error:
        db.session.rollback()
        form.form_errors.append(uses_message(error.uses))
        return _render(written, 409)
    except DraftChangedError as error:
        message = changed_message(error.draft)
        db.session.rollback()
        form.form_errors.append(message)
        return _render(written, 409)
    db.session.commit()
    return _saved(written.consultation.slug, name)


def _saved(slug: str, name: str) -> WebResponse:
    return back_to_outline(slug, _("The question is saved."), f"question-{name}")


def _render(written: Written, status: int = 200) -> Page:
    consultation = editable_consultation(written.consultation.slug)
    draft = open_draft(actor(), consultation)
    form = written.form
    page = render_template(
        "surveys/builder/question.html",
        consultation=consultation,
        draft=draft,
        form=form if status != 200 else None,
        question=form,
        stored=written.stored,
        theirs=_theirs(draft, written.name) if status == 409 else None,
        name=written.name,
        name_is_kept=written.name_is_kept,
        faults=[*((None, m) for m in form.form_errors), *errors_of(form)] if status != 200 else [],
        type=TYPES[form.kind],
        names=_names(draft.definition, written.name),
    )
    return page, status


def _theirs(draft: QuestionnaireDraft, name: str | None) -> Definition | None:
    """The question as it is saved now, for someone whose edit was made on an older one."""
    found = (q for q in questions_of(draft.definition) if q["name"] == name)
    return next(found, None)


def _names(definition: Definition, own: str | None) -> list[tuple[str, str]]:
    """The names that expressions can use, with the words of their question."""
    return [
        (name, words_of(question["label"], question["name"]))
        for question in questions_of(definition)
        if question["name"] != own and question["type"] not in ("heading", "note")
        for name in sorted(flat_names(question))
    ]
