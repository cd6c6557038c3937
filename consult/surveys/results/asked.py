"""What a consultation asked, in its latest questionnaire and in the earlier ones."""

from dataclasses import dataclass, replace
from typing import Literal

from consult.questionnaires import Choice, Question, Questionnaire
from consult.questionnaires.types import Consent, Decimal, Integer, Ranking, SeveralChoices
from consult.surveys.models import Consultation

#: How answers are summed up: counted by choice, ticked or not, measured, by place, or read.
Kind = Literal["choices", "consent", "number", "ranking", "open"]


def kind_of(question: Question) -> Kind | None:
    """How results tell a question; None for what they leave out: dates, files, codes and notes."""
    if question.is_counted:
        return "consent" if isinstance(question, Consent) else "choices"
    if isinstance(question, Integer | Decimal):
        return "number"
    if isinstance(question, Ranking):
        return "ranking"
    return "open" if question.is_open else None


@dataclass(frozen=True)
class Asked:
    """A question that keeps an answer, as it was last asked.

    ``block`` is the question it was declared in (its matrix; else itself, or the question whose
    "other" it specifies); ``options`` are those of every version, the latest's first; ``versions``
    are the numbers of the versions that ask it, and ``is_current`` says that the latest does.
    ``earlier`` is the question as the versions before asked it.
    """

    question: Question
    block: Question
    kind: Kind
    options: tuple[Choice, ...]
    versions: tuple[int, ...]
    is_current: bool
    earlier: tuple[Question, ...] = ()

    @property
    def name(self) -> str:
        return self.question.name

    @property
    def is_counted(self) -> bool:
        return self.kind in ("choices", "consent")

    @property
    def adds_up(self) -> bool:
        """True when each person counted in the base gives one option, or one first place."""
        several = (
            isinstance(question, SeveralChoices) and question.maximum != 1
            for question in (self.question, *self.earlier)
        )
        return self.kind in ("choices", "ranking") and not any(several)

    def key(self, option: Choice) -> str:
        """Under what the counts keep how many chose an option, or ranked it first."""
        return f"{option.name} 1" if self.kind == "ranking" else option.name


def asked(consultation: Consultation) -> tuple[Asked, ...]:
    """Every question that results tell: the latest questionnaire's, then those no longer asked."""
    versions = list(reversed(consultation.versions))
    found: dict[str, Asked] = {}
    for version in versions:
        for block, question in _declared(version.questionnaire):
            kind = kind_of(question)
            if not kind:
                continue
            earlier = found.get(question.name)
            is_current = version is versions[0]
            one = Asked(question, block, kind, question.options, (version.number,), is_current)
            found[question.name] = _also(earlier, one) if earlier else one
    return tuple(found.values())


def _declared(questionnaire: Questionnaire) -> list[tuple[Question, Question]]:
    """Each question that keeps an answer, after the one it is declared in."""
    declared = [block for section in questionnaire.sections for block in section.questions]
    return [(block, question) for block in declared for question in block.answerable]


def _also(later: Asked, earlier: Asked) -> Asked:
    """``later``, which an earlier version asked too, with the options that it offered."""
    known = {option.name for option in later.options}
    added = tuple(option for option in earlier.options if option.name not in known)
    return replace(
        later,
        options=later.options + added,
        versions=earlier.versions + later.versions,
        earlier=(*later.earlier, earlier.question),
    )


def region_question(consultation: Consultation) -> str | None:
    """The name of the question that tells where people live, if one was ever asked."""
    return next((a.name for a in asked(consultation) if a.question.type == "region"), None)
