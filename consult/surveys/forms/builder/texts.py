"""A text in both languages as two fields, with what tells that one is older than the other."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from consult.form_fields import storable
from consult.privacy.text import clean_text

LONGEST = 10_000

SAME = {
    "fr": _l("The French still says the same as the English"),
    "en": _l("The English still says the same as the French"),
}


def not_endless(_form: Form, field: Field) -> None:
    """Refuses a text too long for a page; without the count that a field of an answer shows."""
    if len(field.data or "") > LONGEST:
        raise ValidationError(_l("This text is too long. Shorten it."))


class TextPairForm(Form):
    """Both sides of a text; ``stale`` is the one that is older, if one is."""

    fr: Field
    en: Field
    stale = HiddenField()
    still_same = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.still_same.label.text = SAME.get(self.stale.data or "", "")

    def text(self) -> dict[str, str]:
        """Both sides, clean."""
        return {lang: clean_text(self[lang].data or "").strip() for lang in ("fr", "en")}


def text_pair(
    what: LazyString, rows: int = 1, hint: LazyString | str = ""
) -> "FormField[TextPairForm]":
    """A field of two sides, of one line each or of several ``rows``."""
    names = {
        "fr": _l("%(what)s, in French", what=what),
        "en": _l("%(what)s, in English", what=what),
    }
    sides = {lang: _side(lang, names[lang], rows, hint) for lang in ("fr", "en")}
    return FormField(type("TextPair", (TextPairForm,), sides), label=what)


def _side(lang: str, name: LazyString, rows: int, hint: LazyString | str) -> Field:
    kind = StringField if rows == 1 else TextAreaField
    attributes: dict[str, Any] = {"lang": lang, "rows": rows}
    return kind(name, [not_endless, storable], description=hint, render_kw=attributes)


def is_blank(text: dict[str, str]) -> bool:
    return not (text["fr"] or text["en"])
