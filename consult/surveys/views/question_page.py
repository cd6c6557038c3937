"""One page of questions, as it is shown: alone, with what has to be fixed, or with a notice."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import render_template, request, url_for

from consult.db import utc_now
from consult.question_pages import PageContext, SectionForm, field_name
from consult.questionnaires import Answer, Question, Section
from consult.questionnaires.logic import Outcome
from consult.surveys.compiled import compiled
from consult.surveys.models import (
    Consultation,
    QuestionnaireVersion,
    Response,
)
from consult.surveys.services.outcomes import (
    answers_with,
    asked_on,
    hidden_codes,
    outcome_with,
)
from consult.surveys.views.draft import answers_mark, opened_at, opened_mark
from consult.surveys.views.steps import link_codes, page_address, shown_pages


@dataclass(frozen=True)
class QuestionPage:
    """A page of a consultation's questionnaire for one response, or for who begins (None)."""

    consultation: Consultation
    response: Response | None
    version: QuestionnaireVersion
    section: Section
    number: int

    @property
    def began_at(self) -> datetime | None:
        """When the person began; for a first page being sent, when it was opened."""
        return self.response.started_at if self.response else opened_at(self.consultation)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What the person answered so far; the link's codes before they begin."""
        if self.response:
            return self.response.current
        return hidden_codes(self.version, link_codes(self.version))

    def outcome(self, answers: Mapping[str, Answer] | None = None) -> Outcome:
        """What logic makes of ``answers``, or of those kept so far."""
        given = self.answers if answers is None else answers
        return outcome_with(self.version, given, utc_now())

    def outcome_typed(self, form: SectionForm) -> Outcome:
        """What logic makes of the answers with those being sent, kept or not."""
        return self.outcome(answers_with(self.answers, self.section, self.typed(form), form.shown))

    def typed(self, form: SectionForm) -> dict[str, object]:
        """What is being sent: a file as bytes; one not touched as it was, one removed as None."""
        raw = dict(form.typed())
        for question in asked_on(self.section):
            if question.type == "file":
                raw[question.name] = self._file(question)
        return raw

    def _file(self, question: Question) -> object:
        name = field_name(question)
        sent = request.files.get(name)
        if sent and sent.filename:
            return sent.read()
        return None if f"{name}_remove" in request.form else self.answers.get(question.name)

    def elsewhere(self, raw: Mapping[str, object], shown: Collection[str] | None) -> list[Question]:
        """The questions whose kept answer differs from what is being sent."""
        kept, sent = self.answers, answers_with(self.answers, self.section, raw, shown)
        return [q for q in self.section.answerable if kept.get(q.name) != sent.get(q.name)]


def page_context(
    version: QuestionnaireVersion, outcome: Outcome, response: Response | None
) -> PageContext:
    """What questions and answers are shown with: their logic, and the files received."""
    uploads = {str(upload.public_id): upload for upload in response.uploads} if response else {}
    return PageContext(compiled(version).questionnaire, outcome, uploads)


def is_late(consultation: Consultation) -> bool:
    """True in the time that those who had begun have after the closing."""
    return consultation.closes_at <= utc_now() < consultation.last_call


def render_page(
    page: QuestionPage,
    form: SectionForm,
    outcome: Outcome,
    elsewhere: Sequence[Question] = (),
    *,
    lost: Literal["session", "answers"] | None = None,
) -> str:
    """The page with its form.

    ``elsewhere`` are the questions to tell the kept answers of; ``lost`` tells that the form came
    back because the page was too old, or the answers it was part of are not there any more.
    """
    consultation = page.consultation
    pages = shown_pages(page.version.questionnaire, outcome)
    form.show_in(page_context(page.version, outcome, page.response))
    return render_template(
        "surveys/page.html",
        page=page,
        consultation=consultation,
        response=page.response,
        section=page.section,
        form=form,
        place=pages.index(page.number) + 1 if page.number in pages else 1,
        pages=len(pages),
        is_last=not any(number > page.number for number in pages),
        back=_back(page, pages),
        changing="change" in request.args,
        has_files=any(question.type == "file" for question in asked_on(page.section)),
        elsewhere=elsewhere,
        lost=lost,
        seen=answers_mark(page.answers, page.section),
        opened=opened_mark(consultation),
        is_late=is_late(consultation),
        preview_url=url_for("surveys.preview", slug=consultation.slug, number=page.number),
        language_switch_form="questions",
    )


def _back(page: QuestionPage, pages: Sequence[int]) -> str:
    before = [number for number in pages if number < page.number]
    slug = page.consultation.slug
    if "change" in request.args:
        return url_for("surveys.check", slug=slug)
    if before:
        return page_address(page.consultation, before[-1])
    return url_for("surveys.consultation", slug=slug)
