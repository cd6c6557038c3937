"""The forms of a page of a draft, and of the questionnaire's title."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField

from consult.surveys.forms.builder.settings import setting_field
from consult.surveys.forms.builder.texts import is_blank, text_pair


class WordsForm(FlaskForm):
    """Texts in both languages."""

    still_same = BooleanField(
        _l("What I changed in one language says the same in the other"),
        description=_l("Otherwise, the other language waits to be read again."),
    )

    def read_again(self) -> set[str]:
        """The names of the stale texts that were said to be still the same."""
        return {f.name for f in self if isinstance(f, FormField) and f.form.still_same.data}


class TitleForm(WordsForm):
    """The questionnaire's title."""

    title = text_pair(_l("Title of the questionnaire"))


class PageForm(WordsForm):
    """A page's title, what it says first, and when it is shown."""

    title = text_pair(_l("Title of the page"))
    intro = text_pair(_l("Introduction"), rows=4)
    relevant = setting_field("note", "relevant")

    def words(self) -> dict[str, Any]:
        """The page as it was written, its questions aside."""
        intro = self.intro.form.text()
        return {
            "title": self.title.form.text(),
            "intro": None if is_blank(intro) else intro,
            "relevant": (self.relevant.data or "").strip(),
        }
