"""The draft as people would see it, page by page; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import abort, render_template, request
from flask_login import login_required

from consult.db import utc_now
from consult.i18n import bilingual_route, current_lang
from consult.quebec_time import quebec_day
from consult.question_pages import (
    PageContext,
    SectionForm,
    filled_form,
    section_form,
)
from consult.question_pages.definition_messages import problem_message
from consult.questionnaires import Answer, DefinitionError, Section
from consult.questionnaires.logic import Outcome
from consult.surveys.builder.trial import (
    Tried,
    compiled_draft,
    kept_answers,
    try_page,
    written_answers,
)
from consult.surveys.compiled import Compiled
from consult.surveys.models import Consultation
from consult.surveys.services.draft import open_draft
from consult.surveys.views.blueprint import actor, bp
from consult.surveys.views.build import EN, FR
from consult.surveys.views.draft_pages import Page, editable_consultation


@dataclass(frozen=True)
class Trial:
    """A draft being tried: its pages and the answers given so far."""

    consultation: Consultation
    draft: Compiled
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return self.draft.logic.outcome(self.answers, today=quebec_day(utc_now()))

    def next_after(self, number: int) -> int | None:
        """The next page with something to show; None at the end."""
        shown = self.outcome.sections
        pages = enumerate(self.draft.questionnaire.sections, 1)
        return next((n for n, page in pages if n > number and page.name in shown), None)


@bilingual_route(
    bp,
    f"{FR}/composer/essai/<int:number>",
    f"{EN}/build/try/<int:number>",
    methods=["GET", "POST"],
)
@login_required
def build_try(slug: str, number: int) -> Page:
    """A page of the draft, to answer. A POST leads on, to the page after it or to the end."""
    consultation = editable_consultation(slug)
    try:
        draft = compiled_draft(open_draft(actor(), consultation).definition)
    except DefinitionError as error:
        reasons = [problem_message(problem) for problem in error.problems]
        return render_template(
            "surveys/builder/refused.html", consultation=consultation, reasons=reasons
        )
    if draft is None or not 1 <= number <= len(draft.questionnaire.sections):
        abort(404)
    trial = Trial(consultation, draft, kept_answers(request.form.get("kept", "")))
    if request.method == "POST":
        return _go_on(trial, number)
    first = number if draft.questionnaire.sections[number - 1].name in trial.outcome.sections else 0
    return _show(trial, first or trial.next_after(number - 1))


def _go_on(trial: Trial, number: int) -> Page:
    section = trial.draft.questionnaire.sections[number - 1]
    form = section_form(section, current_lang())()
    today = quebec_day(utc_now())
    tried = try_page(trial.draft, section, trial.answers, form.typed(), today)
    after = Trial(trial.consultation, trial.draft, tried.answers)
    if tried.errors:
        form.show_errors(tried.errors)
        return _render(after, number, section, form, tried), 422
    if tried.brought:
        return _show(after, number, tried)
    return _show(after, after.next_after(number))


def _show(trial: Trial, number: int | None, tried: Tried | None = None) -> str:
    if number is None:
        return _render_end(trial)
    section = trial.draft.questionnaire.sections[number - 1]
    form = filled_form(section, current_lang(), trial.answers)
    return _render(trial, number, section, form, tried)


def _render(
    trial: Trial, number: int, section: Section, form: SectionForm, tried: Tried | None
) -> str:
    form.show_in(PageContext(trial.draft.questionnaire, trial.outcome))
    return render_template(
        "surveys/builder/try.html",
        consultation=trial.consultation,
        section=section,
        form=form,
        number=number,
        pages=len(trial.draft.questionnaire.sections),
        kept=written_answers(trial.answers),
        brought=tried is not None and tried.brought,
    )


def _render_end(trial: Trial) -> str:
    outcome = trial.outcome
    return render_template(
        "surveys/builder/tried.html",
        consultation=trial.consultation,
        answers=[
            (question.label.in_language(current_lang()) or question.name, words)
            for question in trial.draft.questionnaire.questions
            if question.name in outcome.answers
            for words in [question.in_words(outcome.answers[question.name], current_lang())]
        ],
    )
