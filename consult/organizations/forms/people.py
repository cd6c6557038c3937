"""Forms of public bodies and their people."""

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, ValidationError

from consult.db import Localized
from consult.mail import is_address
from consult.organizations.models import Organization, Role
from consult.organizations.role_words import ROLE_HINTS, ROLE_LABELS

#: What a public body or a service is called in addresses.
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG_LENGTH = 80


class RoleForm(FlaskForm):
    """The role of a member."""

    role = RadioField(
        _l("Role"), validators=[DataRequired(_l("Choose a role."))], validate_choice=True
    )

    def __init__(self, **fields: object) -> None:
        super().__init__(**fields)
        self.role.choices = [
            SelectChoice(r.value, f"{ROLE_LABELS[r]} – {ROLE_HINTS[r]}") for r in Role
        ]


class InviteForm(RoleForm):
    """Whom to invite, to which role, in which language."""

    email = EmailField(
        _l("Email address"),
        [DataRequired(_l("Enter the email address of the person."))],
        render_kw={"autocomplete": "off"},
    )
    lang = RadioField(
        _l("Language of the message"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
        validators=[DataRequired(_l("Choose a language."))],
    )

    def validate_email(self, field: EmailField) -> None:
        if not is_address((field.data or "").strip()):
            raise ValidationError(_l("Enter an email address like name@example.org."))


class BodyForm(FlaskForm):
    """What a public body is called, and what it asks of its people."""

    name_fr = StringField(
        _l("Name in French"),
        [DataRequired(_l("Enter the name in French.")), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    name_en = StringField(
        _l("Name in English"),
        [DataRequired(_l("Enter the name in English.")), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    description_fr = TextAreaField(_l("In a sentence, in French"), [Length(max=500)])
    description_en = TextAreaField(_l("In a sentence, in English"), [Length(max=500)])
    requires_second_factor = BooleanField(
        _l("Ask everyone for a second step when signing in"),
        description=_l("Whoever has not set it up does so before anything else."),
    )

    @property
    def name(self) -> Localized:
        return Localized(self.name_fr.data or "", self.name_en.data or "")

    @property
    def about(self) -> Localized:
        return Localized(self.description_fr.data or "", self.description_en.data or "")


class NewBodyForm(BodyForm):
    """The same, for a public body that is not there yet."""

    slug = StringField(
        _l("Short name, for addresses"),
        [
            DataRequired(_l("Enter a short name.")),
            Length(max=MAX_SLUG_LENGTH, message=_l("Shorten the short name to 80 characters.")),
        ],
        description=_l("Small letters without accents, digits and hyphens. It does not change."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def validate_slug(self, field: StringField) -> None:
        if not SLUG.fullmatch(field.data or ""):
            raise ValidationError(_l("Use small letters without accents, digits and hyphens."))


def body_values(body: Organization) -> dict[str, object]:
    """What the form shows of a public body."""
    return {
        "name_fr": body.name.fr,
        "name_en": body.name.en,
        "description_fr": body.description.fr,
        "description_en": body.description.en,
        "requires_second_factor": body.requires_second_factor,
    }
