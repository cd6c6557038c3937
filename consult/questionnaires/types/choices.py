"""Questions answered by choosing among what is on offer."""

from abc import ABC
from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.texts import Text
from consult.questionnaires.types.base import (
    Answer,
    Choice,
    ChoiceName,
    Expression,
    Question,
    refuse_duplicates,
)
from consult.questionnaires.types.written import ShortText

#: The name of the choice that asks for one's own words.
OTHER = "other"

YES, NO = Text(fr="Oui", en="Yes"), Text(fr="Non", en="No")


class SingleAnswer(Question, ABC):
    """A question that takes one of its options."""

    is_counted: ClassVar[bool] = True

    def normalise(self, raw: object) -> Answer:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str | int) or isinstance(raw, bool):
            raise AnswerError("wrong_type")
        if str(raw) not in {option.name for option in self.options}:
            raise AnswerError("unknown_choice")
        return str(raw)


class YesNo(SingleAnswer):
    """Yes or no, kept as 'yes' or 'no'."""

    type: Literal["yes_no"]

    @property
    def options(self) -> tuple[Choice, ...]:
        return (Choice(name="yes", label=YES), Choice(name="no", label=NO))


class WithChoices(Question, ABC):
    """A question that lists its choices.

    ``choice_filter`` is an expression true of the choices to offer; it may name their columns.
    """

    is_counted: ClassVar[bool] = True

    choices: tuple[Choice, ...] = Field(min_length=1, max_length=2_000)
    choice_filter: Expression = ""

    @field_validator("choices")
    @classmethod
    def _names_differ(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        refuse_duplicates([choice.name for choice in choices])
        return choices

    @property
    def options(self) -> tuple[Choice, ...]:
        return self.choices

    def texts(self) -> dict[str, Text]:
        return super().texts() | {f"choices.{c.name}.label": c.label for c in self.choices}


class WithOther(WithChoices, ABC):
    """Choices of which the one named 'other' may ask for words.

    ``other`` is the question that these words answer ("Specify"); None when they are not asked.
    """

    other: Text | None = None

    @model_validator(mode="after")
    def _other_is_a_choice(self) -> "WithOther":
        if self.other and OTHER not in {choice.name for choice in self.choices}:
            raise PydanticCustomError("no_other_choice", "no choice named other")
        return self

    @property
    def parts(self) -> tuple[Question, ...]:
        if self.other is None:
            return ()
        relevant = f"selected(${{{self.name}}}, '{OTHER}')"
        words = ShortText(
            type="short_text",
            name=f"{self.name}_{OTHER}",
            label=self.other,
            required=True,
            relevant=relevant,
        )
        return (words,)

    def texts(self) -> dict[str, Text]:
        return super().texts() | ({"other": self.other} if self.other else {})


class OneChoice(WithOther, SingleAnswer):
    """One of the choices, shown as radio buttons or as a list to unfold."""

    type: Literal["one_choice"]
    display: Literal["radios", "list"] = "radios"


class SeveralChoices(WithOther):
    """Some of the choices, kept in the order of the definition.

    At least ``minimum`` and at most ``maximum``; ``exclusive`` names the one that stands alone
    ("none of these").
    """

    type: Literal["several_choices"]
    minimum: int | None = Field(default=None, ge=1)
    maximum: int | None = Field(default=None, ge=1)
    exclusive: ChoiceName | None = None

    @model_validator(mode="after")
    def _bounds_can_be_met(self) -> "SeveralChoices":
        names = {choice.name for choice in self.choices}
        low, high = self.minimum or 0, self.maximum or len(names)
        if low > high or high > len(names) or low > len(names):
            raise PydanticCustomError("impossible_bounds", "bounds cannot be met")
        if self.exclusive and self.exclusive not in names:
            raise PydanticCustomError("unknown_choice", "{name}", {"name": self.exclusive})
        return self

    def normalise(self, raw: object) -> Answer:
        chosen = names_of(raw)
        if not set(chosen) <= {choice.name for choice in self.choices}:
            raise AnswerError("unknown_choice")
        return [choice.name for choice in self.choices if choice.name in chosen] or None

    def check(self, answer: Answer) -> None:
        super().check(answer)
        if not isinstance(answer, list):
            return
        if self.exclusive in answer:
            if len(answer) > 1:
                raise AnswerError("not_alone", choice=self.exclusive or "")
            return
        if self.minimum and len(answer) < self.minimum:
            raise AnswerError("too_few", min=self.minimum, count=len(answer))
        if self.maximum and len(answer) > self.maximum:
            raise AnswerError("too_many", max=self.maximum, count=len(answer))


class Ranking(WithChoices):
    """Choices in order of preference, the first preferred; ``places`` is how many to rank.

    A form gives the names in order, blanks aside, or a rank by name.
    """

    is_counted: ClassVar[bool] = False

    type: Literal["ranking"]
    places: int | None = Field(default=None, ge=1)

    @property
    def length(self) -> int:
        """How many choices a complete answer ranks."""
        return min(self.places or len(self.choices), len(self.choices))

    def normalise(self, raw: object) -> Answer:
        ranked = _by_rank(raw) if isinstance(raw, Mapping) else names_of(raw)
        if not set(ranked) <= {choice.name for choice in self.choices}:
            raise AnswerError("unknown_choice")
        if len(set(ranked)) < len(ranked):
            raise AnswerError("ranked_twice")
        return ranked or None

    def check(self, answer: Answer) -> None:
        super().check(answer)
        if isinstance(answer, list) and len(answer) > self.length:
            raise AnswerError("too_many", max=self.length, count=len(answer))
        if isinstance(answer, list) and len(answer) < self.length:
            raise AnswerError("too_few", min=self.length, count=len(answer))


def _by_rank(raw: Mapping[object, object]) -> list[str]:
    """The names in the order of their ranks; raises ``AnswerError`` when two share one."""
    given = {str(name): str(rank) for name, rank in raw.items() if rank not in (None, "")}
    if not all(rank.isdecimal() and len(rank) <= 4 for rank in given.values()):
        raise AnswerError("wrong_type")
    if len(set(given.values())) < len(given):
        raise AnswerError("ranked_twice")
    return sorted(given, key=lambda name: int(given[name]))


def names_of(raw: object) -> list[str]:
    """Several names as a form gives them, blanks left out; raises ``AnswerError`` otherwise.

    A form that knows nothing of the question gives a name alone as text.
    """
    if raw is None or isinstance(raw, str):
        return [raw] if raw else []
    if not isinstance(raw, list | tuple) or not all(isinstance(part, str) for part in raw):
        raise AnswerError("wrong_type")
    return [part for part in raw if part]
