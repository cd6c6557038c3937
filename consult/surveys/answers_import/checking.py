"""One line of a file after another, checked whole: what can be kept, and all that cannot."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME
from consult.questionnaires import Answer, AnswerError, Question, Questionnaire
from consult.spreadsheet_cells import without_mark
from consult.surveys.answers_import.answers import AnswerReader, NotATickError, safe_words
from consult.surveys.answers_import.errors import LineProblem, Problems
from consult.surveys.answers_import.layout import Layout
from consult.surveys.answers_import.reading import Line
from consult.surveys.models import Channel

Value = TypeVar("Value")

_ONE_DIGIT_HOUR = re.compile(r"([ T])(?=\d:)")

#: Characters of a value that a message repeats.
SHOWN = 60


@dataclass(frozen=True)
class CheckedResponse:
    """A line that can be kept. ``key`` tells it from the others, and is the same the next time.

    ``version`` is a number; times are ISO 8601 in UTC.
    """

    key: str
    version: int
    lang: str
    channel: str
    submitted_at: str
    corrected_at: str | None
    experience_rating: int | None
    experience_comment: str
    answers: dict[str, Answer]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Defaults:
    """What a file that does not say it means: version, language and moment of its responses."""

    version: int
    lang: str
    moment: datetime


class Checker:
    """Checks lines against the questionnaire's versions; what is at fault goes to ``problems``."""

    def __init__(
        self,
        layout: Layout,
        versions: Mapping[int, Questionnaire],
        defaults: Defaults,
        problems: Problems,
    ) -> None:
        self._layout = layout
        self._defaults = defaults
        self._problems = problems
        self._readers = {number: _readers(layout, q) for number, q in versions.items()}
        self._foreign = {number: _foreign(layout, q) for number, q in versions.items()}
        self._seen: Counter[bytes] = Counter()
        self.masked = 0

    def check(self, line: Line) -> CheckedResponse | None:
        """The response of a line; None when it holds no answer, or is at fault."""
        if line.has_more:
            self._problems.add(LineProblem(line.number, "", "too_many_cells"))
        key = self._key(line)
        version = self._fixed(line, "_version", self._version, self._defaults.version)
        answers = self._answers(line, version)
        moment = self._fixed(line, "_submitted_at", _moment, self._defaults.moment)
        corrected = self._fixed(line, "_corrected_at", _moment, None)
        lang = self._fixed(line, "_lang", _lang, self._defaults.lang)
        channel = self._fixed(line, "_channel", Channel, Channel.FILE)
        rating = self._fixed(line, "_experience_rating", _rating, None)
        comment = self._fixed(line, "_experience_comment", _comment, "")
        if not answers:
            return None
        return CheckedResponse(
            key=key,
            version=version,
            lang=lang,
            channel=channel.value,
            submitted_at=moment.isoformat(),
            corrected_at=corrected.isoformat() if corrected else None,
            experience_rating=rating,
            experience_comment=comment,
            answers=answers,
        )

    def _key(self, line: Line) -> str:
        """The file's own identifier; else the line's content, and how often it came before."""
        place = self._layout.fixed.get("_id")
        own = without_mark(line.cells[place].strip()) if place is not None else ""
        text = own or "\x1f".join(line.cells)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
        self._seen[digest] += 1
        if place is not None and own and self._seen[digest] > 1:
            self._add(line, place, "same_id")
        return own or f"{digest.hex()}-{self._seen[digest]}"

    def _fixed(self, line: Line, name: str, read: Callable[[str], Value], default: Value) -> Value:
        """The value of a fixed column, the default where there is none."""
        place = self._layout.fixed.get(name)
        text = line.cells[place].strip() if place is not None else ""
        if place is None or not text:
            return default
        try:
            return read(text)
        except ValueError:
            self._add(line, place, _CODES[name])
            return default

    def _version(self, text: str) -> int:
        number = int(text.removesuffix(".0"))
        if number not in self._readers:
            raise ValueError
        return number

    def _answers(self, line: Line, version: int) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for place in self._foreign[version]:
            if line.cells[place].strip():
                self._add(line, place, "not_in_version")
        for reader in self._readers[version]:
            try:
                taken = reader.read(line.cells)
            except NotATickError as error:
                self._add(line, error.place, "not_a_tick")
                continue
            if taken.error:
                self._add(line, reader.place, "answer", reader.question, taken.error)
            elif taken.answer is not None:
                answers[reader.question.name] = taken.answer
                self.masked += taken.redacted
        return answers

    def _add(
        self,
        line: Line,
        place: int,
        code: str,
        question: Question | None = None,
        error: AnswerError | None = None,
    ) -> None:
        in_own_words = question is not None and question.is_open
        value = "" if in_own_words else line.cells[place].strip()[:SHOWN]
        column = self._layout.header[place]
        self._problems.add(LineProblem(line.number, column, code, value, question, error))


def _readers(layout: Layout, questionnaire: Questionnaire) -> list[AnswerReader]:
    """How to read the answers to the questions that a version has."""
    return [
        AnswerReader(question, layout.questions[question.name])
        for question in questionnaire.questions
        if question.name in layout.questions
    ]


def _foreign(layout: Layout, questionnaire: Questionnaire) -> list[int]:
    """The cells of questions that a version does not have."""
    own = {question.name for question in questionnaire.questions}
    return [
        place
        for name, cells in layout.questions.items()
        if name not in own
        for place in (*cells.parts.values(), *([] if cells.whole is None else [cells.whole]))
    ]


def _moment(text: str) -> datetime:
    """A moment in UTC; one without a zone is Québec's. '2026-03-31 9:05' is taken too."""
    moment = datetime.fromisoformat(_ONE_DIGIT_HOUR.sub(r"\g<1>0", text))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(QUEBEC_TIME))
    return moment.astimezone(UTC)


def _lang(text: str) -> str:
    lang = text.casefold()[:2]
    if lang not in ("fr", "en"):
        raise ValueError
    return lang


def _rating(text: str) -> int:
    rating = int(text.removesuffix(".0"))
    if not 1 <= rating <= 5:
        raise ValueError
    return rating


def _comment(text: str) -> str:
    return safe_words(without_mark(text))


#: What is wrong with a fixed column that cannot be read.
_CODES = {
    "_version": "no_such_version",
    "_lang": "not_a_lang",
    "_channel": "not_a_channel",
    "_submitted_at": "not_a_moment",
    "_corrected_at": "not_a_moment",
    "_experience_rating": "not_a_rating",
}
