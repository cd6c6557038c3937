"""The filtered inbox as CSV: codes and words side by side, never a contact."""

import csv
import io
from collections.abc import Generator, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME
from consult.db import db
from consult.feedback.channels import channel_words
from consult.feedback.inbox import reading
from consult.feedback.inbox.filters import Filters
from consult.feedback.inbox.telling import Teller, signal_words
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Service
from consult.spreadsheet_cells import formula_safe

HEADER = (
    *("id", "submitted_at", "lang", "channel", "channel_words", "page", "reference"),
    *("question_set", "rating", "answers", "answers_words", "comment"),
    *("review", "signals", "signals_words", "handled_at", "tags"),
)


def write_csv(service: Service, filters: Filters, lang: str) -> Generator[bytes]:
    """UTF-8 with a mark for spreadsheets, some rows at a time; times are Québec's.

    No transaction stays open between two pieces: whoever takes them may be slow. ``answers`` holds
    codes ('completion=no|…'), ``answers_words`` the same in ``lang``.
    """
    teller = Teller(service, lang)
    yield b"\xef\xbb\xbf" + _lines([HEADER])
    for items in reading.all_items(service, filters):
        tags = reading.tags_of(items)
        lines = _lines(_row(item, tags.get(item.id, []), teller) for item in items)
        db.session.rollback()
        yield lines


def _row(item: FeedbackItem, tags: list[str], teller: Teller) -> list[str]:
    codes = [
        f"{name}={','.join(map(str, answer)) if isinstance(answer, list) else answer}"
        for name, answer in sorted(item.answers.items())
    ]
    cells = (
        *(item.public_id, _moment(item.submitted_at), item.lang, item.channel),
        *(channel_words(item.channel), item.page, item.reference, item.question_set, item.rating),
        *("|".join(codes), "\n".join(f"{t.question} {t.answer}" for t in teller.told(item))),
        *(item.comment, item.review, "|".join(item.signals)),
        "\n".join(map(signal_words, item.signals)),
        *(_moment(item.handled_at), "|".join(tags)),
    )
    return [formula_safe("" if cell is None else str(cell)) for cell in cells]


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.astimezone(ZoneInfo(QUEBEC_TIME)).isoformat(sep=" ", timespec="seconds")


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue().encode()
