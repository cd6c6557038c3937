"""What is agreed to, attached, only read, or never seen."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.types.base import Answer, Choice, Expression, Question, line_of
from consult.questionnaires.types.choices import YES, SingleAnswer

#: What a file may be; its content says what it is, never its name.
FileKind = Literal["pdf", "image", "document", "spreadsheet"]


class Consent(SingleAnswer):
    """A box to tick: 'yes' or nothing. A required one has to be ticked."""

    type: Literal["consent"]

    @property
    def options(self) -> tuple[Choice, ...]:
        return (Choice(name="yes", label=YES),)


class File(Question):
    """A file, kept as the identifier of an upload; ``max_megabytes`` of 1,000,000 bytes each."""

    type: Literal["file"]
    accepts: tuple[FileKind, ...] = Field(default=("pdf", "image"), min_length=1)
    max_megabytes: int = Field(default=5, ge=1, le=20)

    def normalise(self, raw: object) -> Answer:
        line = line_of(raw)
        if line is not None and not re.fullmatch(r"[0-9a-f-]{36}", line):
            raise AnswerError("wrong_type")
        return line


class _Reading(Question):
    takes_answer: ClassVar[bool] = False

    def normalise(self, raw: object) -> Answer:
        return None


class Heading(_Reading):
    """A title inside a page."""

    type: Literal["heading"]


class Note(_Reading):
    """A paragraph to read."""

    type: Literal["note"]


class Calculated(Question):
    """A value worked out from other answers by ``calculation``; kept as text, never shown."""

    is_shown: ClassVar[bool] = False

    type: Literal["calculated"]
    calculation: Expression = Field(min_length=1)

    def normalise(self, raw: object) -> Answer:
        return line_of(raw)


class Hidden(Question):
    """A code that the link brings (?name=code), or else ``value``; never shown.

    Letters, digits, dashes, dots and underscores only, 64 at most: no room for words.
    """

    is_shown: ClassVar[bool] = False

    type: Literal["hidden"]
    value: str = Field(default="", pattern=r"^[\w.-]{0,64}$")

    def normalise(self, raw: object) -> Answer:
        line = line_of(raw)
        if line is not None and not re.fullmatch(r"[\w.-]{1,64}", line):
            raise AnswerError("wrong_type")
        return line
