"""Questions answered by a step of a scale."""

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from consult.questionnaires.texts import Text
from consult.questionnaires.types.base import Answer, Choice
from consult.questionnaires.types.choices import SingleAnswer


class Scale(SingleAnswer):
    """A step from ``first`` to ``last``, with words at both ends or at every step.

    ``steps`` are the words of each step in order; without them only the ends have words, ``low``
    and ``high``.
    """

    type: Literal["scale"]
    first: int = Field(default=1, ge=0, le=1)
    last: int = Field(default=5, ge=1, le=10)
    low: Text
    high: Text
    steps: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _each_step_has_words(self) -> "Scale":
        if self.last <= self.first or (self.steps and len(self.steps) != len(self.values)):
            raise PydanticCustomError("impossible_bounds", "steps differ from the scale")
        return self

    @property
    def values(self) -> range:
        """The steps as numbers."""
        return range(self.first, self.last + 1)

    @cached_property
    def options(self) -> tuple[Choice, ...]:
        return tuple(Choice(name=str(step), label=self._words(step)) for step in self.values)

    def _words(self, step: int) -> Text:
        if self.steps:
            return self._numbered(step, self.steps[step - self.first])
        ends = {self.first: self.low, self.last: self.high}
        return self._numbered(step, ends.get(step))

    @staticmethod
    def _numbered(step: int, words: Text | None) -> Text:
        if words is None:
            return Text(fr=str(step), en=str(step))
        fr, en = words.in_language("fr"), words.in_language("en")
        return Text(fr=f"{step} – {fr}", en=f"{step} – {en}")

    def normalise(self, raw: object) -> Answer:
        step = super().normalise(raw)
        return None if step is None else int(str(step))

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        if answer is None or self.steps or answer in (self.first, self.last):
            return super().in_words(answer, lang)
        of = "out of" if lang == "en" else "sur"
        return (f"{answer} {of} {self.last}",)

    def texts(self) -> dict[str, Text]:
        named = {
            f"steps.{step}": words for step, words in zip(self.values, self.steps, strict=False)
        }
        return super().texts() | {"low": self.low, "high": self.high} | named
