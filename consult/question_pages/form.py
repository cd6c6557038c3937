"""The form class of a section, and the list of what its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import Field

from consult.question_pages.context import PageContext, ReceivedFile
from consult.question_pages.controls import ChoicesField, DateField, RankingField
from consult.question_pages.fields import as_typed, field_name, field_of
from consult.question_pages.messages import answer_message
from consult.questionnaires import Answer, AnswerError, Question, Section
from consult.questionnaires.types import Matrix


def _asked(section: Section) -> list[Question]:
    """What a person is asked on the page, one field each."""
    return [question for question in section.answerable if question.is_shown]


@dataclass(frozen=True)
class Shown:
    """One thing of the page, as its template needs it.

    ``field`` is None for what is only read; ``rows`` are those of a matrix; ``depends`` tells that
    an answer may change it; ``upload`` is the file received.
    """

    question: Question
    label: str
    hint: str
    is_visible: bool
    depends: bool
    field: Field | None = None
    rows: "tuple[Shown, ...]" = ()
    upload: ReceivedFile | None = None

    @property
    def errors(self) -> list[Field]:
        """Fields with something to fix."""
        own = [self.field] if self.field and self.field.errors else []
        return [*own, *(field for row in self.rows for field in row.errors)]


class SectionForm(FlaskForm):
    """A section's questions as fields; ``section_form`` makes the class.

    ``shown`` are the names that the page being sent showed, None when it does not say.
    """

    section: Section
    lang: str
    context: PageContext | None = None
    shown: frozenset[str] | None = None

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        sent = self.meta.wrap_formdata(self, formdata)
        if sent and "shown" in sent:
            self.shown = frozenset(sent.getlist("shown"))
        super().process(sent, *args, **kwargs)

    def typed(self) -> dict[str, object]:
        """What was typed or chosen, by question name, as it came, of the questions shown."""
        return {
            question.name: _raw(self._fields[field_name(question)])
            for question in _asked(self.section)
            if self.shown is None or question.name in self.shown
        }

    def show_errors(self, errors: Mapping[str, AnswerError]) -> None:
        """Puts each error, in words, on its question's field."""
        for question in _asked(self.section):
            if error := errors.get(question.name):
                field = self._fields[field_name(question)]
                message = answer_message(question, error, self.lang, field.data)
                field.errors = (*field.errors, message)

    def show_in(self, context: PageContext) -> None:
        """Shows the page as the answers so far make it."""
        self.context = context
        for question in _asked(self.section):
            field = self._fields[field_name(question)]
            field.label.text = context.label(question, self.lang)
            field.description = context.piped(field.description, self.lang)
            required = question.name in context.outcome.required
            unseen = question.name not in context.outcome.visible
            field.flags.optional = not (required or (unseen and question.required)) or None
            if isinstance(field, ChoicesField):
                field.words = [(name, context.piped(w, self.lang)) for name, w in field.words]
                field.offered = context.outcome.choices.get(question.name)

    @property
    def items(self) -> list[Shown]:
        """Everything on the page, in order: questions, their "other", headings and notes."""
        listed = [
            part
            for question in self.section.questions
            for part in (question, *(() if isinstance(question, Matrix) else question.parts))
        ]
        return [self._shown(question) for question in listed if question.is_shown]

    def _shown(self, question: Question) -> Shown:
        field = self._fields.get(field_name(question))
        label = question.label.in_language(self.lang)
        hint = question.hint.in_language(self.lang) if question.hint else ""
        if self.context:
            label = self.context.label(question, self.lang)
            hint = self.context.piped(hint, self.lang)
        return Shown(
            question=question,
            label=label,
            hint=field.description if field else hint,
            is_visible=not self.context or question.name in self.context.outcome.visible,
            depends=_depends(question),
            field=field,
            rows=tuple(map(self._shown, question.parts)) if isinstance(question, Matrix) else (),
            upload=self.context.upload(question) if self.context else None,
        )


def _depends(question: Question) -> bool:
    """True when another answer may show, hide or change the question."""
    piped = any("${" in side for side in (question.label.fr, question.label.en))
    return bool(piped or question.relevant or getattr(question, "choice_filter", ""))


def _raw(field: Field) -> object:
    if isinstance(field, DateField):
        return field.typed
    return field.by_choice if isinstance(field, RankingField) else field.data


def section_form(section: Section, lang: str) -> type[SectionForm]:
    """The form class of a section, its words in ``lang``."""
    fields = {field_name(question): field_of(question, lang) for question in _asked(section)}
    made = type("Form", (SectionForm,), {"section": section, "lang": lang, **fields})
    return cast(type[SectionForm], made)


def filled_form(section: Section, lang: str, answers: Mapping[str, Answer]) -> SectionForm:
    """The form of a section showing answers that were kept."""
    data = {
        field_name(question): as_typed(question, answers[question.name], lang)
        for question in _asked(section)
        if question.name in answers
    }
    return section_form(section, lang)(formdata=None, data=data)
