"""The pages where the questionnaire's title and the words of one of its pages are written."""

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_login import login_required

from consult.db import db
from consult.i18n import bilingual_route
from consult.questionnaires import DefinitionError
from consult.surveys.builder.document import find_page
from consult.surveys.builder.errors import DraftChangedError
from consult.surveys.forms.builder.page import PageForm, TitleForm, WordsForm
from consult.surveys.forms.builder.question import errors_of
from consult.surveys.models import Consultation
from consult.surveys.services.build import save_page_words, save_title
from consult.surveys.services.draft import ReadAgain, open_draft
from consult.surveys.views.blueprint import actor, bp
from consult.surveys.views.build import EN, FR
from consult.surveys.views.draft_pages import (
    Page,
    back_to_outline,
    changed_message,
    editable_consultation,
    editing,
    show_problems,
)


@bilingual_route(bp, f"{FR}/composer/titre", f"{EN}/build/title", methods=["GET", "POST"])
@login_required
def build_title(slug: str) -> Page:
    """The title of the questionnaire, in both languages."""
    consultation = editable_consultation(slug)
    draft = open_draft(actor(), consultation)
    form = TitleForm(data={"title": draft.definition["title"]})

    def save() -> None:
        read = ReadAgain(form.read_again(), form.still_same.data)
        save_title(editing(consultation), form.title.form.text(), read)

    return _answer(consultation, form, _("Title of the questionnaire"), save, {})


@bilingual_route(
    bp, f"{FR}/composer/page/<name>", f"{EN}/build/page/<name>", methods=["GET", "POST"]
)
@login_required
def build_page(slug: str, name: str) -> Page:
    """The words of a page, and when it is shown."""
    consultation = editable_consultation(slug)
    page = find_page(open_draft(actor(), consultation).definition, name)
    form = PageForm(data=page)

    def save() -> None:
        read = ReadAgain(form.read_again(), form.still_same.data)
        save_page_words(editing(consultation), name, form.words(), read)

    return _answer(consultation, form, _("Words of a page"), save, page)


def _answer(
    consultation: Consultation,
    form: WordsForm,
    heading: str,
    save: Callable[[], Any],
    page: dict[str, Any],
) -> Page:
    """Shows the form, or saves it; whatever is refused comes back as it was typed."""
    status = 200
    if form.is_submitted():
        status = _save(form, save) if form.validate() else 422
    if status == 303:
        anchor = f"page-{page['name']}" if page else ""
        return back_to_outline(consultation.slug, _("The words are saved."), anchor)
    consultation = editable_consultation(consultation.slug)
    faults = [*((None, message) for message in form.form_errors), *errors_of(form)]
    shown = render_template(
        "surveys/builder/page.html",
        consultation=consultation,
        draft=open_draft(actor(), consultation),
        form=form,
        heading=heading,
        faults=faults,
        anchor=f"page-{page['name']}" if page else None,
    )
    return shown, status


def _save(form: WordsForm, save: Callable[[], Any]) -> int:
    """Saves; returns the status to answer with, the reasons of a refusal put on the form."""
    try:
        save()
    except DefinitionError as error:
        db.session.rollback()
        show_problems(form, error)
        return 422
    except DraftChangedError as error:
        message = changed_message(error.draft)
        db.session.rollback()
        form.form_errors.append(message)
        return 409
    db.session.commit()
    return 303
