"""Questions answered in one's own words."""

from abc import ABC
from typing import ClassVar, Literal

from pydantic import Field

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.types.base import Answer, Question


class OpenQuestion(Question, ABC):
    """A question answered in one's own words; lengths are in characters."""

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
