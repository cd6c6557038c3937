"""Questions answered by a number, a date or a time."""

import re
from abc import ABC, abstractmethod
from datetime import date, time
from decimal import Decimal as Number
from decimal import InvalidOperation
from typing import Literal

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.types.base import Answer, Question, line_of

#: Spaces that people put between thousands, in French and from spreadsheets.
_SPACES = re.compile("[\u0020\u00a0\u202f\u2009]")
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)\Z")


class _Number(Question, ABC):
    """``minimum`` and ``maximum``, both included."""

    @abstractmethod
    def _bounds(self) -> tuple[Number | None, Number | None]: ...

    def check(self, answer: Answer) -> None:
        super().check(answer)
        if answer is None:
            return
        low, high = self._bounds()
        value = Number(str(answer))
        if low is not None and value < low:
            raise AnswerError("too_small", min=str(low))
        if high is not None and value > high:
            raise AnswerError("too_large", max=str(high))


def _number(raw: object, code: str) -> Number | None:
    line = line_of(raw)
    if line is None:
        return None
    bare = _SPACES.sub("", line)
    if len(bare) > 30 or not _PLAIN.match(bare):
        raise AnswerError(code)
    try:
        return Number(bare.replace(",", "."))
    except InvalidOperation as error:
        raise AnswerError(code) from error


class Integer(_Number):
    """A whole number, kept as one; '1 200' is taken."""

    type: Literal["integer"]
    minimum: int | None = None
    maximum: int | None = None

    def normalise(self, raw: object) -> Answer:
        number = _number(raw, "not_integer")
        if number is None:
            return None
        if number != number.to_integral_value() or abs(number) >= 2**53:
            raise AnswerError("not_integer")
        return int(number)

    def _bounds(self) -> tuple[Number | None, Number | None]:
        low, high = self.minimum, self.maximum
        return None if low is None else Number(low), None if high is None else Number(high)


class Decimal(_Number):
    """A number, kept as text with a point and no useless zero ('12.5'); a comma is taken."""

    type: Literal["decimal"]
    minimum: Number | None = None
    maximum: Number | None = None

    def normalise(self, raw: object) -> Answer:
        number = _number(raw, "not_decimal")
        if number is None:
            return None
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text

    def _bounds(self) -> tuple[Number | None, Number | None]:
        return self.minimum, self.maximum

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        if answer is None:
            return ()
        return (str(answer).replace(".", ",") if lang == "fr" else str(answer),)


class Date(Question):
    """A day, kept as '2026-03-31'; ``earliest`` and ``latest`` included.

    A form gives it as that text, or as its day, month and year.
    """

    type: Literal["date"]
    earliest: date | None = None
    latest: date | None = None

    def normalise(self, raw: object) -> Answer:
        if isinstance(raw, list | tuple):
            return self._of_parts([line_of(part) for part in raw])
        line = line_of(raw)
        if line is None:
            return None
        try:
            return date.fromisoformat(line).isoformat()
        except ValueError as error:
            raise AnswerError("not_a_date") from error

    @staticmethod
    def _of_parts(parts: list[str | None]) -> Answer:
        if not any(parts):
            return None
        try:
            day, month, year = (int(part or "") for part in parts)
            return date(year, month, day).isoformat()
        except ValueError as error:
            raise AnswerError("not_a_date") from error

    def check(self, answer: Answer) -> None:
        super().check(answer)
        if answer is None:
            return
        day = date.fromisoformat(str(answer))
        if self.earliest and day < self.earliest:
            raise AnswerError("too_early", min=self.earliest.isoformat())
        if self.latest and day > self.latest:
            raise AnswerError("too_late", max=self.latest.isoformat())


class Time(Question):
    """A time of day, kept as '14:05'; '14 h 05' and '9h' are taken."""

    type: Literal["time"]

    def normalise(self, raw: object) -> Answer:
        line = line_of(raw)
        if line is None:
            return None
        found = re.match(r"(\d{1,2})\s*[:hH]\s*(\d{2})?(:\d{2}(\.\d+)?)?\Z", line)
        try:
            if not found:
                raise ValueError
            return time(int(found[1]), int(found[2] or 0)).strftime("%H:%M")
        except ValueError as error:
            raise AnswerError("not_a_time") from error

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        if answer is None:
            return ()
        return (str(answer).replace(":", " h ") if lang == "fr" else str(answer),)
