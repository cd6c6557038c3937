"""How someone's answers reached the staff who enters them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from consult.surveys.models import Channel

#: Shown above every page while answers are entered for someone.
BANNERS = {
    Channel.PHONE: _l("Entered for someone by phone"),
    Channel.COUNTER: _l("Entered for someone at a counter"),
    Channel.PAPER: _l("Entered from a paper form"),
}

CHANNELS = {
    Channel.PHONE: _l("By phone"),
    Channel.COUNTER: _l("At a counter"),
    Channel.PAPER: _l("On paper"),
}


class EntryForm(FlaskForm):
    """The channel, and the language of the person."""

    channel = RadioField(
        _l("How the answers reach you"),
        [InputRequired(_l("Choose how the answers reach you."))],
        choices=[SelectChoice(channel.value, words) for channel, words in CHANNELS.items()],
    )
    lang = RadioField(
        _l("Language of the questionnaire"),
        [InputRequired(_l("Choose a language."))],
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
    )
