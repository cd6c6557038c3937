"""What the pages of the builder share: whose draft, as seen when, and what a refusal says."""

from collections.abc import Iterable

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.i18n import current_lang, format_moment
from consult.organizations.permissions import can_edit_consultations, require
from consult.question_pages.definition_messages import problem_message
from consult.questionnaires import DefinitionError, Problem, Text
from consult.surveys.builder.errors import DraftChangedError
from consult.surveys.builder.references import Use
from consult.surveys.forms.builder.question import show_fault
from consult.surveys.models import Consultation, QuestionnaireDraft
from consult.surveys.services.draft import Editing
from consult.surveys.views.blueprint import actor, readable_consultation

Page = str | WebResponse | tuple[str, int]


def editable_consultation(slug: str) -> Consultation:
    """The consultation, when who is signed in may change it: else 404 or 403."""
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    return consultation


def editing(consultation: Consultation) -> Editing:
    """The change that this request asks for, on the revision its page showed."""
    seen = request.form.get("revision", "")
    return Editing(
        actor=actor(),
        consultation=consultation,
        revision=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
        now=utc_now(),
    )


def back_to_outline(slug: str, message: str = "", anchor: str = "") -> WebResponse:
    """Leads to the list of pages and questions, which says ``message``."""
    if message:
        flash(message)
    address = url_for("surveys.build", slug=slug, _anchor=anchor or None)
    return redirect(address, code=303)


def refuse(slug: str, message: str) -> WebResponse:
    """Undoes what was begun, and says why on the list of pages and questions."""
    db.session.rollback()
    flash(message, "error")
    return back_to_outline(slug)


def changed_message(draft: QuestionnaireDraft) -> str:
    """Who changed the draft meanwhile, and when."""
    if draft.revision == 0:
        return str(DraftChangedError.message)
    moment = format_moment(draft.changed_at)
    if draft.changed_by_id == actor().id or draft.changed_by is None:
        return str(
            _("On %(moment)s, the questionnaire was changed in another window.", moment=moment)
        )
    name = draft.changed_by.name
    return str(_("On %(moment)s, %(name)s changed the questionnaire.", name=name, moment=moment))


def words_of(text: Text | dict[str, str], name: str) -> str:
    """A text in the page's language, or its name while it has no words."""
    both = Text(**text) if isinstance(text, dict) else text
    return both.in_language(current_lang()) or name


def uses_message(uses: Iterable[Use]) -> str:
    """Who speaks of an answer, as a list in a sentence."""
    users = {
        words_of(use.question["label"], use.question["name"])
        if use.question
        else words_of(use.page["title"], use.page["name"])
        for use in uses
    }
    quoted = ", ".join(_("“%(question)s”", question=user) for user in sorted(users))
    return str(_("This answer is used by: %(questions)s. Change that first.", questions=quoted))


def show_problems(form: object, error: DefinitionError) -> None:
    """Puts each fault of a definition on the field where it can be mended."""
    for problem in error.problems:
        path, words = problem.path, fault_words(problem)
        if path.startswith("questions."):
            words = str(_("%(path)s: %(fault)s", path=path.split(".")[1], fault=words))
            path = ""
        show_fault(form, path, words)


def fault_words(problem: Problem) -> str:
    """What is wrong, without its place."""
    return problem_message(Problem("", problem.code, problem.params))
