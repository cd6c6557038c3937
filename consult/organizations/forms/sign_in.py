"""Forms of who comes in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

_PASSWORD = {"autocomplete": "new-password"}


class SignInForm(FlaskForm):
    """Address and password of a member of staff."""

    email = EmailField(
        _l("Email address"),
        [DataRequired(_l("Enter your email address."))],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [DataRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(FlaskForm):
    """A code of the second factor."""

    code = StringField(
        _l("Code"),
        [DataRequired(_l("Enter the code of your application."))],
        render_kw={
            "autocomplete": "one-time-code",
            "spellcheck": "false",
            "class": "govuk-input--width-10",
        },
    )


class PasswordForm(FlaskForm):
    """The present password, before something that could shut its owner out."""

    password = PasswordField(
        _l("Current password"),
        [DataRequired(_l("Enter your current password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(FlaskForm):
    """Whose password is forgotten."""

    email = EmailField(
        _l("Email address"),
        [DataRequired(_l("Enter your email address."))],
        render_kw={"autocomplete": "username"},
    )


class NewPasswordForm(FlaskForm):
    """A password to choose."""

    password = PasswordField(
        _l("New password"),
        [DataRequired(_l("Choose a password."))],
        description=_l("At least 12 characters. A few words that do not follow from each other."),
        render_kw=_PASSWORD,
    )


class ChangePasswordForm(NewPasswordForm):
    """The same, by who knows the present one."""

    current = PasswordField(
        _l("Current password"),
        [DataRequired(_l("Enter your current password."))],
        render_kw={"autocomplete": "current-password"},
    )


class JoinForm(NewPasswordForm):
    """What an invited person gives: their name, and a password."""

    name = StringField(
        _l("Your name"),
        [
            DataRequired(_l("Enter your name.")),
            Length(max=120, message=_l("Shorten the name to 120 characters.")),
        ],
        description=_l("It stands beside what you do here, for your colleagues."),
        render_kw={"autocomplete": "name"},
    )
