"""Each question as it stands on paper: what to tick, rank or write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import gettext as _

from consult.i18n import date_in_words
from consult.questionnaires import QUESTION_TYPES, Question, Section, Text
from consult.questionnaires.types import (
    Date,
    Matrix,
    OneChoice,
    Ranking,
    Scale,
    SeveralChoices,
)
from consult.surveys.printable.conditions import Place, condition_words, piped_words

#: Longer lists are not printed: the answer is written.
LONGEST_LIST = 40

#: A table with more columns is printed as one question per row.
WIDEST_TABLE = 7


@dataclass(frozen=True)
class Asked:
    """A question on paper; ``kind`` is a drawing of the template, ``about`` goes below the label.

    ``options`` are what stands beside each box or blank, ``rows`` those of a table with its
    ``corner``, ``low`` and ``high`` the words at the ends of a scale, ``other`` the words before a
    line to write on. ``level`` is that of its heading.
    """

    kind: str
    label: str
    number: str = ""
    about: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    corner: str = ""
    low: str = ""
    high: str = ""
    other: str = ""
    lines: int = 0
    level: int = 2


@dataclass(frozen=True)
class Asking:
    """Puts questions on paper in ``lang``; ``places`` are those of the whole form, by name."""

    places: Mapping[str, Place]
    lang: str

    def asked(self, section: Section) -> tuple[Asked, ...]:
        """The questions of a section, in order; those below a heading are one level deeper."""
        found: list[Asked] = []
        level = 2
        for question in section.questions:
            if not question.is_shown:
                continue
            found.append(self._printed(question, level))
            if _is_too_wide(question):
                found += [self._printed(row, level + 1) for row in question.parts]
            level = 3 if question.type == "heading" else level
        return tuple(found)

    def words(self, text: Text | None) -> str:
        """The text in the form's language, earlier answers named by their place."""
        return piped_words(text.in_language(self.lang), self.places, self.lang) if text else ""

    def _printed(self, question: Question, level: int) -> Asked:
        drawn = DRAWINGS[question.type](question, self)
        place = self.places.get(question.name)
        condition = condition_words(question.relevant, self.places, self.lang)
        about = (condition, self.words(question.hint), str(drawn.pop("instruction", "")))
        return Asked(
            label=self._label(question),
            number=str(place.number) if place and place.row is None else "",
            about=tuple(line for line in about if line),
            level=2 if question.type == "heading" else level,
            **drawn,
        )

    def _label(self, question: Question) -> str:
        """The text of the question; one that can stay blank says so, as on the pages."""
        label = self.words(question.label)
        if not question.answerable or question.required or question.required_if:
            return label
        return f"{label} {_('(optional)')}"


def _is_too_wide(question: Question) -> bool:
    return isinstance(question, Matrix) and len(question.choices) > WIDEST_TABLE


def _labels(question: Question, asking: Asking) -> tuple[str, ...]:
    return tuple(asking.words(option.label) for option in question.options)


def _boxes(question: Question, asking: Asking) -> dict[str, Any]:
    if len(question.options) > LONGEST_LIST:
        return {"kind": "lines", "lines": 1}
    return {
        "kind": "boxes",
        "options": _labels(question, asking),
        "instruction": _("Tick one box."),
    }


def _one_choice(question: Question, asking: Asking) -> dict[str, Any]:
    return {**_boxes(question, asking), "other": asking.words(cast(OneChoice, question).other)}


def _several_choices(question: Question, asking: Asking) -> dict[str, Any]:
    several = cast(SeveralChoices, question)
    drawn = {**_boxes(question, asking), "other": asking.words(several.other)}
    if drawn["kind"] == "boxes":
        drawn["instruction"] = " ".join(_how_many(several, asking))
    return drawn


def _how_many(several: SeveralChoices, asking: Asking) -> list[str]:
    low, high = several.minimum, several.maximum
    words = _("Tick all that apply.")
    if low and high:
        words = _("Tick %(low)s to %(high)s boxes.", low=low, high=high)
        if low == high:
            words = _("Tick this many boxes: %(number)s.", number=low)
    elif high:
        words = _("Tick this many boxes at most: %(number)s.", number=high)
    elif low and low > 1:
        words = _("Tick this many boxes at least: %(number)s.", number=low)
    alone = next((c for c in several.choices if c.name == several.exclusive), None)
    if alone is None:
        return [str(words)]
    label = asking.words(alone.label)
    return [str(words), str(_("If you tick “%(choice)s”, tick nothing else.", choice=label))]


def _consent(question: Question, asking: Asking) -> dict[str, Any]:
    return {
        "kind": "boxes",
        "options": _labels(question, asking),
        "instruction": _("Tick the box if you agree."),
    }


def _scale(question: Question, asking: Asking) -> dict[str, Any]:
    scale = cast(Scale, question)
    if scale.steps:
        return _boxes(question, asking)
    return {
        "kind": "scale",
        "options": tuple(str(step) for step in scale.values),
        "low": asking.words(scale.low),
        "high": asking.words(scale.high),
        "instruction": _("Tick one box."),
    }


def _matrix(question: Question, asking: Asking) -> dict[str, Any]:
    matrix = cast(Matrix, question)
    if _is_too_wide(matrix):
        return {"kind": "nothing"}
    return {
        "kind": "matrix",
        "options": _labels(question, asking),
        "rows": tuple(asking.words(row.label) for row in matrix.rows),
        "corner": str(_("Statement")),
        "instruction": _("Tick one box on each row."),
    }


def _ranking(question: Question, asking: Asking) -> dict[str, Any]:
    length = cast(Ranking, question).length
    words = _(
        "Write 1 in the box of the one you put first, 2 in the next, and so on up to %(last)s.",
        last=length,
    )
    return {"kind": "ranks", "options": _labels(question, asking), "instruction": words}


def _one_line(_question: Question, _asking: Asking) -> dict[str, Any]:
    return {"kind": "lines", "lines": 1}


def _several_lines(_question: Question, _asking: Asking) -> dict[str, Any]:
    return {"kind": "lines", "lines": 7}


def _number(question: Question, _asking: Asking) -> dict[str, Any]:
    low, high = getattr(question, "minimum", None), getattr(question, "maximum", None)
    words = ""
    if low is not None and high is not None:
        words = _("A number from %(low)s to %(high)s.", low=low, high=high)
    elif low is not None:
        words = _("A number, %(low)s or more.", low=low)
    elif high is not None:
        words = _("A number, %(high)s or less.", high=high)
    return {"kind": "blanks", "options": ("",), "instruction": words}


def _date(question: Question, _asking: Asking) -> dict[str, Any]:
    day = cast(Date, question)
    words = []
    if day.earliest:
        words.append(_("Not before %(day)s.", day=date_in_words(day.earliest)))
    if day.latest:
        words.append(_("Not after %(day)s.", day=date_in_words(day.latest)))
    options = str(_("day")), str(_("month")), str(_("year"))
    return {"kind": "blanks", "options": options, "instruction": " ".join(words)}


def _time(_question: Question, _asking: Asking) -> dict[str, Any]:
    words = _("From 0 to 24 hours.")
    options = str(_("hours")), str(_("minutes"))
    return {"kind": "blanks", "options": options, "instruction": words}


def _postal_code(_question: Question, _asking: Asking) -> dict[str, Any]:
    words = _("The first three characters only.")
    return {"kind": "blanks", "options": ("",), "instruction": words}


def _file(_question: Question, _asking: Asking) -> dict[str, Any]:
    words = _("Attach it to this form, and write the number of this question on it.")
    return {"kind": "nothing", "instruction": words}


def _note(_question: Question, _asking: Asking) -> dict[str, Any]:
    return {"kind": "note"}


def _heading(_question: Question, _asking: Asking) -> dict[str, Any]:
    return {"kind": "heading"}


#: Question type to what is drawn for it.
DRAWINGS: dict[str, Callable[[Question, Asking], dict[str, Any]]] = {
    "short_text": _one_line,
    "long_text": _several_lines,
    "integer": _number,
    "decimal": _number,
    "date": _date,
    "time": _time,
    "yes_no": _boxes,
    "one_choice": _one_choice,
    "several_choices": _several_choices,
    "scale": _scale,
    "matrix": _matrix,
    "ranking": _ranking,
    "region": _boxes,
    "municipality": _one_line,
    "postal_code": _postal_code,
    "file": _file,
    "consent": _consent,
    "heading": _heading,
    "note": _note,
}


def _check_every_type_is_drawn() -> None:
    shown = {name for name, cls in QUESTION_TYPES.items() if cls.is_shown}
    if missing := shown ^ DRAWINGS.keys():
        raise TypeError(f"question types and their drawings differ: {sorted(missing)}")


_check_every_type_is_drawn()
