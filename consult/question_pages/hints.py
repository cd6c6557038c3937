"""What stands under a question's label: the editor's hint, then how to answer this type."""

from collections.abc import Callable
from typing import cast

from flask_babel import format_decimal
from flask_babel import gettext as _

from consult.question_pages.messages import kinds_in_words
from consult.questionnaires import Question
from consult.questionnaires.types import File, Ranking, SeveralChoices


def hint_of(question: Question, lang: str) -> str:
    """Sentences in the language of the page; the editor's in ``lang``."""
    own = question.hint.in_language(lang) if question.hint else ""
    how = HOW[question.type](question) if question.type in HOW else ""
    if own and how and own.rstrip()[-1:] not in ".?!…:)":
        own = f"{own.rstrip()}."
    return f"{own} {how}".strip()


def _several(question: Question) -> str:
    several = cast(SeveralChoices, question)
    low, high = several.minimum, several.maximum
    if low and high:
        if low == high:
            return str(_("Choose exactly %(count)s.", count=low))
        return str(_("Choose between %(min)s and %(max)s.", min=low, max=high))
    if low:
        return str(_("Choose at least %(count)s.", count=low))
    if high:
        return str(_("Choose at most %(count)s.", count=high))
    return "" if question.hint else str(_("Choose all that apply."))


def _ranking(question: Question) -> str:
    length = cast(Ranking, question).length
    if length == len(question.options):
        return str(_("Give each a rank from 1 to %(count)s; 1 comes first.", count=length))
    return str(_("Give %(count)s of them a rank; 1 comes first.", count=length))


def _date(_question: Question) -> str:
    return str(_("For example, 27 3 2026."))


def _time(_question: Question) -> str:
    return str(_("For example, 14:30."))


def _postal_code(_question: Question) -> str:
    return str(_("For example, G1R 2B5. Only the first three characters are kept."))


def _file(question: Question) -> str:
    file = cast(File, question)
    size = format_decimal(file.max_megabytes)
    return str(
        _("Accepted: %(kinds)s. At most %(size)s MB.", kinds=kinds_in_words(file), size=size)
    )


HOW: dict[str, Callable[[Question], str]] = {
    "several_choices": _several,
    "ranking": _ranking,
    "date": _date,
    "time": _time,
    "postal_code": _postal_code,
    "file": _file,
}
