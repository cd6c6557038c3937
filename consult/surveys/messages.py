"""What the pages say of masked answers and of a closing date."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.config import QUEBEC_TIME
from consult.i18n import format_moment
from consult.questionnaires import Question


def masked_message(questions: Iterable[Question], lang: str) -> str:
    """In which answers something was masked."""
    quoted = [_("“%(question)s”", question=q.label.in_language(lang)) for q in questions]
    return str(
        _(
            "To protect you, what looked like personal information was masked "
            "in your answer to: %(questions)s",
            questions=", ".join(quoted),
        )
    )


def closing_words(closes_at: datetime, now: datetime) -> str:
    """How long a consultation stays open: 'Closes in 12 days', 'Closes today at …'."""
    zone = ZoneInfo(QUEBEC_TIME)
    days = (closes_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return str(_("Closes today: %(moment)s", moment=format_moment(closes_at)))
    if days == 1:
        return str(_("Closes tomorrow: %(moment)s", moment=format_moment(closes_at)))
    return str(ngettext("Closes in %(num)d day", "Closes in %(num)d days", days))
