"""The types of question: what each takes as an answer, and how it tells an answer in words."""

from abc import ABC, abstractmethod
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.regions import REGIONS
from consult.questionnaires.texts import Text

#: What a question keeps: text, a choice's name, a step of a scale, several names; None if nothing.
Answer = str | int | list[str] | None

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
ChoiceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=80)]

#: The steps of a scale.
STEPS = range(1, 6)


class Choice(BaseModel):
    """One of the answers a question offers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ChoiceName
    label: Text


class Question(BaseModel, ABC):
    """What every question has. A type says how to read, check and tell its answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Answered in the person's own words, which are never published as they are.
    is_open: ClassVar[bool] = False

    type: str
    name: Name
    label: Text
    hint: Text | None = None
    required: bool = False

    @abstractmethod
    def normalise(self, raw: object) -> Answer:
        """``raw``, as a form or a file gives it, in the form that is kept; None when blank.

        Raises ``AnswerError`` when it is not an answer of this type at all.
        """

    def check(self, answer: Answer) -> None:
        """Raises ``AnswerError`` when a normalised answer breaks a rule of the question."""
        if self.required and answer is None:
            raise AnswerError("required")

    @property
    def options(self) -> tuple[Choice, ...]:
        """The answers on offer; none for an open question."""
        return ()

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        """The answer as people read it in ``lang``, one line per part; empty when not answered."""
        if answer is None:
            return ()
        chosen = {str(part) for part in (answer if isinstance(answer, list) else [answer])}
        return tuple(o.label.in_language(lang) for o in self.options if o.name in chosen)

    def texts(self) -> dict[str, Text]:
        """Every text of the question by its place in it, hint only where there is one."""
        return {"label": self.label} | ({"hint": self.hint} if self.hint else {})


class OpenQuestion(Question, ABC):
    """A question answered in one's own words."""

    is_open: ClassVar[bool] = True

    max_length: int

    def normalise(self, raw: object) -> Answer:
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise AnswerError("wrong_type")
        return raw.replace("\r\n", "\n").replace("\r", "\n").strip() or None

    def check(self, answer: Answer) -> None:
        super().check(answer)
        if isinstance(answer, str) and len(answer) > self.max_length:
            raise AnswerError("too_long", max=self.max_length, length=len(answer))

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        return (str(answer),) if answer else ()


class ShortText(OpenQuestion):
    """One line of text."""

    type: Literal["short_text"]
    max_length: int = Field(default=200, ge=1, le=1_000)

    def normalise(self, raw: object) -> Answer:
        text = super().normalise(raw)
        return " ".join(str(text).split()) if text else None


class LongText(OpenQuestion):
    """Several lines of text."""

    type: Literal["long_text"]
    max_length: int = Field(default=4_000, ge=1, le=20_000)


class SingleAnswer(Question, ABC):
    """A question that takes one of its options."""

    def normalise(self, raw: object) -> Answer:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str | int) or isinstance(raw, bool):
            raise AnswerError("wrong_type")
        if str(raw) not in {option.name for option in self.options}:
            raise AnswerError("unknown_choice")
        return str(raw)


class _WithChoices(Question, ABC):
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=200)

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


class OneChoice(_WithChoices, SingleAnswer):
    """One of a few choices."""

    type: Literal["one_choice"]


class SeveralChoices(_WithChoices):
    """Any number of choices; kept in the order of the definition."""

    type: Literal["several_choices"]

    def normalise(self, raw: object) -> Answer:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(part, str) for part in raw):
            raise AnswerError("wrong_type")
        if not set(raw) <= {choice.name for choice in self.choices}:
            raise AnswerError("unknown_choice")
        return [choice.name for choice in self.choices if choice.name in raw] or None


class Scale(SingleAnswer):
    """A step from 1 to 5, with words at both ends."""

    type: Literal["scale"]
    low: Text
    high: Text

    @property
    def options(self) -> tuple[Choice, ...]:
        ends = {STEPS[0]: self.low, STEPS[-1]: self.high}
        return tuple(Choice(name=str(step), label=_step(step, ends.get(step))) for step in STEPS)

    def normalise(self, raw: object) -> Answer:
        step = super().normalise(raw)
        return None if step is None else int(str(step))

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        if answer in (STEPS[0], STEPS[-1]):
            return super().in_words(answer, lang)
        of = "out of" if lang == "en" else "sur"
        return (f"{answer} {of} {STEPS[-1]}",) if answer else ()

    def texts(self) -> dict[str, Text]:
        return super().texts() | {"low": self.low, "high": self.high}


def _step(step: int, end: Text | None) -> Text:
    if end is None:
        return Text(fr=str(step), en=str(step))
    return Text(fr=f"{step} – {end.in_language('fr')}", en=f"{step} – {end.in_language('en')}")


class Region(SingleAnswer):
    """One of the 17 administrative regions of Québec, kept as its code."""

    type: Literal["region"]

    @property
    def options(self) -> tuple[Choice, ...]:
        return tuple(Choice(name=code, label=name) for code, name in REGIONS.items())


AnyQuestion = Annotated[
    ShortText | LongText | OneChoice | SeveralChoices | Scale | Region,
    Field(discriminator="type"),
]


def refuse_duplicates(names: list[str]) -> None:
    """Raises the error of a definition when a name stands twice in ``names``."""
    for name in names:
        if names.count(name) > 1:
            raise PydanticCustomError("duplicate_name", "{name}", {"name": name})


def _registry(union: Any) -> dict[str, type[Question]]:
    """Type name to class, checked when the program starts: each complete, none named twice."""
    registry: dict[str, type[Question]] = {}
    for cls in get_args(get_args(union)[0]):
        (name,) = get_args(cls.model_fields["type"].annotation)
        if name in registry or cls.__abstractmethods__:
            raise TypeError(f"question type {name!r} is incomplete or named twice")
        registry[name] = cls
    return registry


QUESTION_TYPES = _registry(AnyQuestion)
