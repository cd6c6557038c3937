"""What every question has: its words, its rules, and how it reads, checks and tells an answer."""

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.texts import Text, Words

#: What a question keeps: text (numbers with decimals, dates, times and codes too), a whole number,
#: several names; None when there is no answer. The same in JSON.
Answer = str | int | list[str] | None

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
ChoiceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=80)]

#: An XLSForm expression: '${age} >= 18 and selected(${uses}, 'bus')'. Blank means no rule.
Expression = Annotated[Words, StringConstraints(strip_whitespace=True, max_length=2_000)]


class Choice(BaseModel):
    """One of the answers a question offers; ``columns`` hold what a choice filter compares."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ChoiceName
    label: Text
    columns: dict[str, str] = Field(default_factory=dict)


class Question(BaseModel, ABC):
    """What every question has. A type says how to read, check and tell its answers.

    ``relevant``, ``constraint`` and ``required_if`` are expressions that ``Logic`` evaluates; an
    answer to a question that is not relevant is dropped.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Answered in the person's own words, which are redacted and never published as they are.
    is_open: ClassVar[bool] = False
    #: False for what is only read: headings and notes.
    takes_answer: ClassVar[bool] = True
    #: Answered by one of, or some of, its ``options``, so that answers can be counted.
    is_counted: ClassVar[bool] = False
    #: False for what people never see: calculated and hidden values.
    is_shown: ClassVar[bool] = True

    type: str
    name: Name
    label: Text
    hint: Text | None = None
    required: bool = False
    required_if: Expression = ""
    required_message: Text | None = None
    relevant: Expression = ""
    constraint: Expression = ""
    constraint_message: Text | None = None

    @abstractmethod
    def normalise(self, raw: object) -> Answer:
        """``raw``, as a form or a file gives it, in the form that is kept; None when blank.

        Raises ``AnswerError`` when it is not an answer of this type at all.
        """

    def check(self, answer: Answer) -> None:
        """Raises ``AnswerError`` when a normalised answer breaks a rule of the question.

        ``required_if`` and the constraint need the other answers: they are the ``Logic``'s to say.
        """
        if self.required and answer is None:
            raise AnswerError("required")

    @property
    def options(self) -> tuple[Choice, ...]:
        """The answers on offer; none for an open question."""
        return ()

    @property
    def parts(self) -> "tuple[Question, ...]":
        """Questions that this one is made of, or brings along: rows, or the words of "other"."""
        return ()

    @property
    def answerable(self) -> "tuple[Question, ...]":
        """This question if it keeps an answer itself, then its parts."""
        return ((self,) if self.takes_answer else ()) + self.parts

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        """The answer as people read it in ``lang``, one line per part; empty when not answered."""
        if answer is None:
            return ()
        words = {option.name: option.label.in_language(lang) for option in self.options}
        parts = answer if isinstance(answer, list) else [str(answer)]
        return tuple(words.get(part, part) for part in parts)

    def texts(self) -> dict[str, Text]:
        """Every text of the question by its place in it; only those there are."""
        optional = ("hint", "required_message", "constraint_message")
        found = {place: getattr(self, place) for place in optional}
        return {"label": self.label} | {place: text for place, text in found.items() if text}


def line_of(raw: object) -> str | None:
    """What was typed on one line, outer and repeated spaces removed; None when blank.

    Raises ``AnswerError`` for what is neither text nor a number.
    """
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise AnswerError("wrong_type")
    return " ".join(str(raw).split()) or None


def refuse_duplicates(names: list[str]) -> None:
    """Raises the error of a definition when a name stands twice in ``names``."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise PydanticCustomError("duplicate_name", "{name}", {"name": name})
        seen.add(name)
