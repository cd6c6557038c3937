"""Forms of alerts and webhooks."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from consult.feedback.errors import Message
from consult.feedback.webhooks.addresses import (
    LONGEST,
    AddressRefusedError,
    Networks,
    destination_of,
)


class AlertsForm(FlaskForm):
    """What the person signed in wants to hear of a service, and in which language."""

    drop = BooleanField(
        _l("A real drop of satisfaction"),
        description=_l("When it passes its test, not when it wobbles."),
    )
    burst = BooleanField(
        _l("A word that many comments suddenly hold"),
        description=_l("For instance the name of a step that broke yesterday."),
    )
    silence = BooleanField(
        _l("Silence where answers used to come"),
        description=_l("Often the sign that the form is gone from the page."),
    )
    digest = BooleanField(
        _l("The week in one message, on Monday morning"),
        description=_l("Nothing is sent for a week in which nothing happened."),
    )
    lang = RadioField(
        _l("Language of the messages"),
        [InputRequired(_l("Choose the language of the messages."))],
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
    )


#: Why a webhook may not go to an address, before its name is even asked for.
REFUSALS: dict[str, Message] = {
    "unreadable": _l("Enter a full address, for example https://systems.example.org/feedback."),
    "credentials": _l("Leave out the user name and password: the signature proves who sends."),
    "unsafe": _l("Enter an address that begins with https://."),
    "private": _l("This address is inside a private network. Enter a public one."),
}


class WebhookForm(FlaskForm):
    """The address of a new webhook."""

    url = StringField(
        _l("Address of the receiving system"),
        [
            DataRequired(_l("Enter an address.")),
            Length(max=LONGEST, message=_l("Shorten this address to 500 characters.")),
        ],
        description=_l("It begins with https:// and answers to POST."),
        render_kw={"type": "url", "autocomplete": "off", "spellcheck": "false"},
    )

    #: Given by the view.
    allowed: Networks = ()

    def validate_url(self, field: StringField) -> None:
        field.data = (field.data or "").strip()
        try:
            destination_of(field.data, self.allowed)
        except AddressRefusedError as refused:
            raise ValidationError(REFUSALS[refused.code]) from None
