"""What goes into an export."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from consult.surveys.export import FORMATS


class ExportForm(FlaskForm):
    """The options of an export; they stand in the address, so they change nothing."""

    class Meta:
        csrf = False

    format = RadioField(
        _l("File"),
        description=_l("An Excel file of more than 50,000 answers takes minutes to prepare."),
        choices=[SelectChoice(name, one.label) for name, one in FORMATS.items()],
        default="csv",
    )
    values = RadioField(
        _l("Closed answers"),
        choices=[
            SelectChoice("codes", _l("Codes, for a statistics program")),
            SelectChoice("fr", _l("Words, in French")),
            SelectChoice("en", _l("Words, in English")),
        ],
        default="codes",
    )
    open = BooleanField(
        _l("With the open answers"),
        description=_l(
            "What people wrote in their own words. What looked like personal information was "
            "masked, but a person may still be recognised: share this file with care."
        ),
    )

    @property
    def lang(self) -> str | None:
        """The language of the words, None for codes."""
        return None if self.values.data == "codes" else str(self.values.data)
