"""A file with a questionnaire, whatever program made it."""

from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]


class ImportForm(FlaskForm):
    """The file, and what it does not say itself."""

    questionnaire = FileField(
        _l("Questionnaire file"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "An Excel or CSV file in XLSForm (.xlsx, .xls, .csv), a LimeSurvey file (.lss), "
            "or a questionnaire of this site (.json). Up to 5 MB."
        ),
    )
    language = RadioField(
        _l("Language of the texts that do not say theirs"),
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
        default="fr",
    )

    @property
    def lang(self) -> Literal["fr", "en"]:
        return "en" if self.language.data == "en" else "fr"
