"""What to do about an answer that cannot be taken, in the reader's language."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import cast

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.i18n import current_lang, date_in_words
from consult.questionnaires import AnswerError, Question
from consult.questionnaires.municipalities import close_municipalities, namesakes
from consult.questionnaires.types import File

REQUIRED = {
    "short_text": _l("Write an answer to this question."),
    "long_text": _l("Write an answer to this question."),
    "integer": _l("Enter a number."),
    "decimal": _l("Enter a number."),
    "date": _l("Enter a date."),
    "time": _l("Enter a time."),
    "several_choices": _l("Choose at least one answer."),
    "ranking": _l("Give a rank to these answers."),
    "region": _l("Choose a region."),
    "municipality": _l("Enter the name of a municipality."),
    "postal_code": _l("Enter a postal code."),
    "file": _l("Choose a file."),
    "consent": _l("Check this box to continue."),
}

#: What is said of each fault whose words depend on nothing else.
PLAIN = {
    "not_integer": _l("Enter a whole number, such as 12."),
    "not_decimal": _l("Enter a number, such as 12.5."),
    "not_a_date": _l("Enter a day, a month and a year that exist, such as 27 3 2026."),
    "not_a_time": _l("Enter a time, such as 14:30."),
    "ranked_twice": _l("Give each rank to one answer only."),
    "not_a_postal_code": _l("Enter a postal code such as G1R 2B5, or its first three characters."),
    "constraint": _l("Check this answer: the question does not take it."),
    "unstorable": _l("Your answer contains a character that cannot be kept. Delete it."),
    "file_empty": _l("This file is empty. Choose another one."),
    "file_unsafe": _l(
        "This file contains macros, or far more than its size tells. Save it without macros, or as "
        "a PDF, and choose it again."
    ),
    "file_broken": _l("This file cannot be read. Save it again, or choose another one."),
}


def answer_message(
    question: Question, error: AnswerError, lang: str | None = None, typed: object = None
) -> str:
    """What to do about an answer; the question's own words first, where it has some.

    ``lang`` is that of the page unless told. ``typed`` is what the person typed: municipalities
    with a name close to it are told.
    """
    if own := _own_words(question, error.code, lang or current_lang()):
        return own
    if error.code == "required":
        return str(REQUIRED.get(question.type, _("Choose an answer.")))
    if error.code in PLAIN:
        return str(PLAIN[error.code])
    if error.code in ("unknown_municipality", "several_municipalities"):
        return _municipality(error.code, typed if isinstance(typed, str) else "")
    if error.code in FIGURES:
        return FIGURES[error.code](question, error.params)
    return str(_("Choose among the answers on offer."))


def _own_words(question: Question, code: str, lang: str) -> str:
    messages = {
        "required": question.required_message,
        "constraint": question.constraint_message,
    }
    words = messages.get(code)
    return words.in_language(lang) if words else ""


def _municipality(code: str, typed: str) -> str:
    several = code == "several_municipalities"
    names = _either(namesakes(typed) if several else close_municipalities(typed))
    if several and names:
        return str(_("Several municipalities have this name. Enter %(names)s.", names=names))
    if several:
        return str(_("Several municipalities have this name. Add the region in brackets."))
    if names:
        return str(
            _("No municipality of Québec has this name. Did you mean %(names)s?", names=names)
        )
    return str(_("No municipality of Québec has this name. Check its spelling."))


def _either(names: tuple[str, ...]) -> str:
    """'A, B or C'."""
    quoted = [str(_("“%(question)s”", question=name)) for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return str(_("%(names)s or %(last)s", names=", ".join(quoted[:-1]), last=quoted[-1]))


Figures = dict[str, int | str]


def _too_long(_question: Question, params: Figures) -> str:
    numbers = {name: format_decimal(value) for name, value in params.items()}
    return str(
        _(
            "Shorten your answer: it has %(length)s characters and there is room for %(max)s.",
            **numbers,
        )
    )


def _number(value: int | str) -> str:
    return str(format_decimal(Decimal(str(value))))


def _too_small(_question: Question, params: Figures) -> str:
    return str(_("Enter a number of %(min)s or more.", min=_number(params["min"])))


def _too_large(_question: Question, params: Figures) -> str:
    return str(_("Enter a number of %(max)s or less.", max=_number(params["max"])))


def _day(iso: int | str) -> str:
    return date_in_words(date.fromisoformat(str(iso)))


def _too_early(_question: Question, params: Figures) -> str:
    return str(_("Enter a date from %(day)s on.", day=_day(params["min"])))


def _too_late(_question: Question, params: Figures) -> str:
    return str(_("Enter a date up to %(day)s.", day=_day(params["max"])))


def _too_few(question: Question, params: Figures) -> str:
    low, count = int(params["min"]), params["count"]
    if question.type == "ranking":
        return _ranks(low, count)
    return str(
        ngettext(
            "Choose at least %(num)d answer: you chose %(count)s.",
            "Choose at least %(num)d answers: you chose %(count)s.",
            low,
            count=count,
        )
    )


def _too_many(question: Question, params: Figures) -> str:
    high, count = int(params["max"]), params["count"]
    if question.type == "ranking":
        return _ranks(high, count)
    return str(
        ngettext(
            "Choose at most %(num)d answer: you chose %(count)s.",
            "Choose at most %(num)d answers: you chose %(count)s.",
            high,
            count=count,
        )
    )


def _ranks(wanted: int, count: int | str) -> str:
    return str(
        ngettext(
            "Give a rank to %(num)d answer: you ranked %(count)s.",
            "Give a rank to %(num)d answers: you ranked %(count)s.",
            wanted,
            count=count,
        )
    )


def _not_alone(question: Question, params: Figures) -> str:
    labels = {option.name: option.label for option in question.options}
    choice = labels[str(params["choice"])].in_language(current_lang())
    return str(_("“%(choice)s” goes alone: uncheck it, or uncheck the others.", choice=choice))


#: Kinds of files in words.
KINDS = {
    "pdf": _l("PDF"),
    "image": _l("picture (JPEG, PNG or WebP)"),
    "document": _l("text document (Word or OpenDocument)"),
    "spreadsheet": _l("spreadsheet (Excel or OpenDocument)"),
}


def kinds_in_words(file: File) -> str:
    """'PDF, picture (JPEG, PNG or WebP)'."""
    return ", ".join(str(KINDS[kind]) for kind in file.accepts)


def _file_kind(question: Question, _params: Figures) -> str:
    kinds = kinds_in_words(cast(File, question))
    return str(_("This kind of file is not accepted here. Accepted: %(kinds)s.", kinds=kinds))


def _file_large(question: Question, _params: Figures) -> str:
    size = format_decimal(cast(File, question).max_megabytes)
    return str(_("This file is too large. Choose one of at most %(size)s MB.", size=size))


#: What is said of each fault whose words tell figures, or what the question takes.
FIGURES: dict[str, Callable[[Question, Figures], str]] = {
    "too_long": _too_long,
    "too_small": _too_small,
    "too_large": _too_large,
    "too_early": _too_early,
    "too_late": _too_late,
    "too_few": _too_few,
    "too_many": _too_many,
    "not_alone": _not_alone,
    "file_kind": _file_kind,
    "file_large": _file_large,
}
