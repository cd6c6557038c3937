"""What goes out of a consultation: which questions, in codes or in words, and the rows."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from consult.db import db
from consult.errors import without_words
from consult.surveys.export.cells import Answers, Cell
from consult.surveys.export.columns import EXPERIENCE_COMMENT, FIXED, columns_of, table_reader
from consult.surveys.export.errors import ExportBrokenError
from consult.surveys.export.questions import AskedQuestion, asked_questions
from consult.surveys.models import Consultation, Response, ResponseState

log = logging.getLogger(__name__)

#: Rows fetched at a time, all that is ever in memory.
BATCH = 1_000
_READING = {"yield_per": BATCH, "reads_only": True}


class Row(NamedTuple):
    """A response: the cells of the fixed columns, then its answers."""

    fixed: tuple[Cell, ...]
    answers: Answers


@dataclass(frozen=True)
class Export:
    """What of a consultation's answers goes out.

    ``versions`` are database ids and numbers; ``lang`` the language of the words, None for codes;
    without ``with_open`` nothing that people wrote in their own words is in it.
    """

    consultation_id: int
    questions: tuple[AskedQuestion, ...]
    versions: dict[int, int]
    lang: str | None
    with_open: bool

    @property
    def fixed(self) -> tuple[str, ...]:
        """The names of the columns that every response has."""
        return (*FIXED, EXPERIENCE_COMMENT) if self.with_open else FIXED

    @property
    def header(self) -> list[str]:
        """The names of all columns of a table."""
        return [*self.fixed, *(column.name for column in columns_of(self.questions))]

    def reader(self, *, formula_proof: bool) -> Callable[[Answers], list[Any]]:
        """How to read the cells of a row after the fixed ones, in the order of ``header``."""
        return table_reader(columns_of(self.questions), self.lang, formula_proof=formula_proof)

    def rows(self) -> Iterator[Row]:
        """Every submitted response, in the order they were sent, from a server-side cursor.

        The connection is the export's own: that of a request ends before the last row is sent.
        Raises ``ExportBrokenError`` when not all can be read: what came before is no export.
        """
        try:
            with db.engine.connect().execution_options(**_READING) as connection:
                for row in connection.execute(self._query()):
                    yield self._row(row)
        except Exception as error:
            log.error("export broken off: %s", without_words(error))
            raise ExportBrokenError() from None

    def _query(self) -> Any:
        """Plain columns, never mapped objects. A version published meanwhile is not in it."""
        return (
            select(
                Response.public_id,
                Response.version_id,
                Response.lang,
                Response.channel,
                Response.submitted_at,
                Response.corrected_at,
                Response.experience_rating,
                Response.experience_comment,
                Response.answers,
            )
            .where(
                Response.consultation_id == self.consultation_id,
                Response.state == ResponseState.SUBMITTED,
                Response.version_id.in_(self.versions),
            )
            .order_by(Response.submitted_at, Response.id)
        )

    def _row(self, row: Any) -> Row:
        public_id, version_id, lang, channel, submitted, corrected, rating, comment, answers = row
        fixed = (
            str(public_id),
            self.versions[version_id],
            lang,
            channel.value,
            _moment(submitted),
            _moment(corrected),
            rating,
        )
        return Row((*fixed, comment or None) if self.with_open else fixed, answers)


def export_of(
    consultation: Consultation, *, lang: str | None = None, with_open: bool = False
) -> Export:
    """What goes out of a consultation; see ``Export`` for the options."""
    versions = [(version.number, version.questionnaire) for version in consultation.versions]
    questions = asked_questions(versions)
    return Export(
        consultation_id=consultation.id,
        questions=tuple(q for q in questions if with_open or not q.question.is_open),
        versions={version.id: version.number for version in consultation.versions},
        lang=lang,
        with_open=with_open,
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
