"""A field for each thing that a type of question can be set to."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from consult.form_fields import storable
from consult.questionnaires import QUESTION_TYPES
from consult.surveys.forms.builder.rows import MOST_ROWS
from consult.surveys.forms.builder.texts import not_endless, text_pair


class ChoiceForm(Form):
    """One choice, or one row of a matrix; its ``name`` is made from its words, once."""

    name = HiddenField()
    label = text_pair(_l("Choice"))
    columns = StringField(_l("Values for the filter"), [not_endless, storable])
    alone = BooleanField(_l("Stands alone: it excludes the others"))


class StatementForm(ChoiceForm):
    """One row of a matrix."""

    label = text_pair(_l("Statement"))


def _expression(label: LazyString, hint: LazyString) -> Callable[[], Field]:
    attributes = {"spellcheck": "false", "rows": 2, "autocapitalize": "none", "translate": "no"}
    return lambda: TextAreaField(
        label, [not_endless, storable], description=hint, render_kw=attributes
    )


def _whole(label: LazyString, hint: LazyString | str = "") -> Callable[[], Field]:
    kind = {"class": "govuk-input--width-5", "inputmode": "numeric"}
    return lambda: _Whole(label, description=hint, render_kw=kind)


class _Whole(IntegerField):
    """A whole number; blank is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            super().process_formdata([value for value in valuelist if value.strip()])
        except ValueError as error:
            raise ValueError(_l("Enter a whole number.")) from error


class _Number(DecimalField):
    """A number, its decimals after a point or a comma; blank is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            super().process_formdata([v.replace(",", ".") for v in valuelist if v.strip()])
        except ValueError as error:
            raise ValueError(_l("Enter a number.")) from error


class _Day(DateField):
    """A day; blank is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            super().process_formdata([value for value in valuelist if value.strip()])
        except ValueError as error:
            raise ValueError(_l("Enter a day.")) from error


def _number(label: LazyString) -> Callable[[], Field]:
    kind = {"class": "govuk-input--width-5", "inputmode": "decimal"}
    return lambda: _Number(label, places=None, render_kw=kind)


def _day(label: LazyString) -> Callable[[], Field]:
    return lambda: _Day(label, render_kw={"class": "govuk-!-width-auto"})


def _rows(form: type[Form], label: LazyString) -> Callable[[], Field]:
    return lambda: FieldList(FormField(form), label=label, max_entries=MOST_ROWS + 1)


def _one_of(label: LazyString, **choices: LazyString | str) -> Callable[[], Field]:
    offered = [SelectChoice(name.lstrip("_"), words) for name, words in choices.items()]
    return lambda: RadioField(label, choices=offered)


def _some_of(label: LazyString, **choices: LazyString) -> Callable[[], Field]:
    offered = [SelectChoice(name, words) for name, words in choices.items()]
    return lambda: SelectMultipleField(
        label,
        [DataRequired(_l("Choose at least one kind of file."))],
        choices=offered,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


#: Setting to its field; a type that calls something else by the same name has its own below.
SETTINGS: dict[str, Callable[[], Field]] = {
    "label": lambda: text_pair(_l("Question"), rows=2),
    "hint": lambda: text_pair(_l("Hint"), rows=2),
    "required": lambda: BooleanField(_l("An answer is required")),
    "required_message": lambda: text_pair(_l("Message when there is no answer")),
    "relevant": _expression(_l("Shown only if"), _l("Blank: always shown.")),
    "required_if": _expression(_l("Required only if"), _l("Blank: as said above.")),
    "constraint": _expression(
        _l("Accepted only if"), _l("A rule on the answer itself, which is written as a dot.")
    ),
    "constraint_message": lambda: text_pair(_l("Message when the rule is broken")),
    "choice_filter": _expression(
        _l("Offer only the choices for which"),
        _l("Compares the values of the choices with earlier answers."),
    ),
    "calculation": _expression(_l("Calculation"), _l("Worked out again at each page.")),
    "max_length": _whole(_l("Longest answer, in characters")),
    "minimum": _whole(_l("Smallest answer accepted")),
    "maximum": _whole(_l("Largest answer accepted")),
    "earliest": _day(_l("Earliest day accepted")),
    "latest": _day(_l("Latest day accepted")),
    "choices": _rows(ChoiceForm, _l("Choices")),
    "rows": _rows(StatementForm, _l("Statements")),
    "other": lambda: text_pair(
        _l("“Other, specify”"),
        hint=_l("What is asked of those who choose “Other”. Blank: nothing."),
    ),
    "display": _one_of(_l("Shown as"), radios=_l("Radio buttons"), list=_l("A list to unfold")),
    "places": _whole(_l("How many to rank"), _l("Blank: all of them.")),
    "first": _one_of(_l("First step"), _0="0", _1="1"),
    "last": _whole(_l("Last step"), _l("From 1 to 10.")),
    "low": lambda: text_pair(_l("Words at the low end")),
    "high": lambda: text_pair(_l("Words at the high end")),
    "steps": lambda: TextAreaField(
        _l("Words of every step"),
        [not_endless, storable],
        description=_l("One step per line: French | English. Blank: only the ends have words."),
        render_kw={"rows": 5},
    ),
    "accepts": _some_of(
        _l("Kinds of files accepted"),
        pdf=_l("PDF"),
        image=_l("Pictures"),
        document=_l("Text documents"),
        spreadsheet=_l("Spreadsheets"),
    ),
    "max_megabytes": _whole(_l("Largest file, in megabytes"), _l("From 1 to 20.")),
    "value": lambda: StringField(
        _l("Value when the link brings none"),
        [Regexp(r"[\w.-]{0,64}\Z", message=_l("Use letters, digits, dots and dashes."))],
    ),
}

OWN_SETTINGS: dict[tuple[str, str], Callable[[], Field]] = {
    ("decimal", "minimum"): _number(_l("Smallest answer accepted")),
    ("decimal", "maximum"): _number(_l("Largest answer accepted")),
    ("several_choices", "minimum"): _whole(_l("Choose at least")),
    ("several_choices", "maximum"): _whole(_l("Choose at most")),
    ("heading", "label"): lambda: text_pair(_l("Heading")),
    ("note", "label"): lambda: text_pair(_l("Paragraph"), rows=5),
    ("calculated", "label"): lambda: text_pair(_l("What it is, for the export")),
    ("hidden", "label"): lambda: text_pair(_l("What it is, for the export")),
}

#: What every question that people answer can be set to.
COMMON = (
    *("label", "hint", "required", "required_message", "relevant", "required_if"),
    *("constraint", "constraint_message"),
)
#: What the types that nobody answers can be set to, of these.
READ_ONLY = {
    "heading": ("label", "relevant"),
    "note": ("label", "relevant"),
    "calculated": ("label", "relevant"),
    "hidden": ("label",),
    "matrix": ("label", "hint", "required", "required_message", "relevant", "required_if"),
}
_KEPT = ("type", "name")
#: Set by a box on one of the choices.
ON_A_CHOICE = frozenset({"exclusive"})


def settings_of(kind: str) -> tuple[str, ...]:
    """What a type can be set to, in the order of its definition."""
    own = [name for name in QUESTION_TYPES[kind].model_fields if name not in (*COMMON, *_KEPT)]
    return (*READ_ONLY.get(kind, COMMON), *(name for name in own if name not in ON_A_CHOICE))


def setting_field(kind: str, setting: str) -> Field:
    """A new field for a setting of a type."""
    return OWN_SETTINGS.get((kind, setting), SETTINGS[setting])()


if _unknown := {s for kind in QUESTION_TYPES for s in settings_of(kind)} - SETTINGS.keys():
    raise TypeError(f"settings without a field: {sorted(_unknown)}")
