"""Forms: what a person says of a service, and the staff's settings of a service."""

from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError

from consult.organizations.errors import OriginRefusedError
from consult.organizations.origins import parse_origin


class BesideForm(FlaskForm):
    """What the page says beside the answers, and the address of who wants an answer.

    ``website`` is shown to nobody: only a machine fills it. ``began`` is when the page was made,
    sealed; a form of a service has none.
    Nobody is signed in here and no cookie is read, so nothing can be forged in someone's name:
    the idempotency key, not a token, is what makes a form count once.
    """

    class Meta:
        csrf = False

    question_set = HiddenField()
    page = HiddenField()
    reference = HiddenField()
    channel = HiddenField()
    return_to = HiddenField()
    idempotency_key = HiddenField()
    began = HiddenField()
    website = StringField(_l("Leave this empty"), render_kw={"autocomplete": "off"})
    contact = EmailField(
        _l("Email, if you would like an answer"),
        [Optional()],
        description=_l(
            "It serves to answer you, and nothing else. It is kept apart from your feedback."
        ),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )

    @property
    def hidden(self) -> list[Field]:
        """The fields that are not shown and say something."""
        return [field for field in self if isinstance(field, HiddenField) and field.data]


class AskingForm(FlaskForm):
    """Which questions a service asks, and how; ``question_set`` gets its choices from the view."""

    question_set = RadioField(_l("Questions"), validate_choice=True)
    display = RadioField(
        _l("How the form appears"),
        choices=[
            SelectChoice("inline", _l("In the page, where the code is pasted")),
            SelectChoice("button", _l("Behind a button, which opens it over the page")),
        ],
    )
    asks_contact = BooleanField(
        _l("Offer to leave an email address, for who would like an answer"),
        description=_l("No page ever shows the address: your answer is sent from the inbox."),
    )


class OwnSetForm(FlaskForm):
    """A set of questions that the service brings: a file, or its definition as text."""

    questionnaire = FileField(
        _l("File"),
        description=_l("An XLSForm (.xlsx, .csv) or a definition (.json). Up to 1 MB."),
    )
    definition = TextAreaField(
        _l("Or its definition, in JSON"),
        [Optional()],
        render_kw={"rows": 12, "spellcheck": "false", "autocomplete": "off"},
    )
    language = RadioField(
        _l("Language of the texts that do not say theirs"),
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
        default="fr",
    )

    def validate_questionnaire(self, field: FileField) -> None:
        if not field.data and not (self.definition.data or "").strip():
            raise ValidationError(_l("Choose a file, or write the definition below."))

    @property
    def lang(self) -> Literal["fr", "en"]:
        return "en" if self.language.data == "en" else "fr"


class OriginsForm(FlaskForm):
    """The sites that may show a service's widget, one per line."""

    origins = TextAreaField(
        _l("Sites that may show the widget"),
        description=_l("One address per line, for example https://www.example.org."),
        render_kw={"rows": 4, "autocomplete": "off", "spellcheck": "false"},
    )

    parsed: list[str]

    def validate_origins(self, field: TextAreaField) -> None:
        lines = [line for line in (field.data or "").splitlines() if line.strip()]
        try:
            self.parsed = [parse_origin(line) for line in lines]
        except OriginRefusedError as error:
            raise ValidationError(
                _l("“%(line)s”: %(help)s", line=error.line, help=error.message)
            ) from error
