"""A file of answers, and how to read it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from consult.surveys.answers_import import ImportOptions, read_mapping


class AnswersImportForm(FlaskForm):
    """The answers of a consultation held elsewhere, as a CSV file."""

    answers = FileField(
        _l("File of answers"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "A CSV file with one row per response, its columns named as in the codebook, "
            "closed answers as codes or in words."
        ),
    )
    mapping = TextAreaField(
        _l("Columns with another name"),
        [Length(max=50_000)],
        description=_l(
            "One line per column: its name in the file, the sign =, its name in the codebook. "
            "Nothing after the sign leaves the column out."
        ),
    )
    ignore_unknown = BooleanField(_l("Leave out the columns that match nothing"))
    lang = RadioField(
        _l("Language of the responses that do not say theirs"),
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
        default="fr",
    )

    def options(self) -> ImportOptions:
        """How to read the file; raises ``TableRefusedError`` for names that are not understood."""
        return ImportOptions(
            mapping=read_mapping((self.mapping.data or "").splitlines()),
            ignore_unknown=bool(self.ignore_unknown.data),
            lang=str(self.lang.data),
        )
