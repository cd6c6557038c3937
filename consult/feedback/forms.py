"""Forms of the staff's pages on services."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from consult.feedback.errors import OriginRefusedError
from consult.feedback.origins import parse_origin


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
