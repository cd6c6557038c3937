"""The seven principles of a well-prepared consultation.

Source: Gouvernement du Québec, *Cadre de référence gouvernemental sur la participation publique*
(2017), in our own words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.db import Localized
from consult.surveys.errors import Gap
from consult.surveys.models import Consultation
from consult.surveys.models.preparation import Preparation


@dataclass(frozen=True)
class Principle:
    """One question to answer; ``part`` is a text of the preparation, or of the consultation."""

    part: str
    is_of_consultation: bool
    name: LazyString
    asks: LazyString


PRINCIPLES = (
    Principle(
        "why",
        True,
        _l("Why people are consulted"),
        _l("What decision is to be taken, and why it needs what people think."),
    ),
    Principle(
        "influence",
        True,
        _l("What can change, and what cannot"),
        _l("What is still open, what is already decided, and how far answers can weigh."),
    ),
    Principle(
        "concerned",
        False,
        _l("Who is concerned, and who is missing"),
        _l(
            "Who the decision touches, who seldom takes part, and what is done to hear them all the"
            " same."
        ),
    ),
    Principle(
        "information",
        False,
        _l("The information given"),
        _l("What people can read before they answer: documents, figures, other points of view."),
    ),
    Principle(
        "time_allowed",
        False,
        _l("The time allowed"),
        _l("When it was announced, how long people have, and why that is enough."),
    ),
    Principle(
        "accessibility",
        False,
        _l("Taking part for everyone"),
        _l(
            "Ways to take part without a computer, in plain language, with assistance, with a "
            "disability."
        ),
    ),
    Principle(
        "report_back",
        False,
        _l("How the answer will be given back"),
        _l("What will be published of the answers and of what became of them, where, by whom."),
    ),
)

#: The texts that the preparation itself holds.
PREPARED = tuple(one.part for one in PRINCIPLES if not one.is_of_consultation)


def text_of(
    principle: Principle, consultation: Consultation, preparation: Preparation | None
) -> Localized:
    """What was written on a principle; blank while nothing was."""
    if principle.is_of_consultation:
        text: Localized = getattr(consultation, principle.part)
    elif preparation is None:
        text = Localized()
    else:
        text = getattr(preparation, principle.part)
    return text


def preparation_gaps(consultation: Consultation, preparation: Preparation | None) -> list[Gap]:
    """What a preparation lacks: sides of texts, and the day of the promise. It stops nothing."""
    return list(_gaps(consultation, preparation))


def _gaps(consultation: Consultation, preparation: Preparation | None) -> Iterator[Gap]:
    for principle in PRINCIPLES:
        for lang in text_of(principle, consultation, preparation).missing:
            yield Gap(principle.part, lang)
    if preparation is None or preparation.report_due_on is None:
        yield Gap("report_due_on")
