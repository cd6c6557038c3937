"""The words of a highlight, in both languages."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from consult.db import Localized
from consult.form_fields import storable

_RULES = [Length(max=600, message=_l("Keep this text under 600 characters.")), storable]


class HighlightForm(FlaskForm):
    """What the public reads; a blank side keeps the highlight from being published."""

    words_fr = TextAreaField(
        _l("The highlight in French"), _RULES, render_kw={"lang": "fr", "rows": 4}
    )
    words_en = TextAreaField(
        _l("The highlight in English"), _RULES, render_kw={"lang": "en", "rows": 4}
    )

    def words(self) -> Localized:
        sides = (self.words_fr.data or "", self.words_en.data or "")
        return Localized(*(side.strip() for side in sides))
