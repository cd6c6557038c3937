"""Improvements in the words of the page's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.analysis.improvements.filters import OPEN
from consult.analysis.improvements.models import (
    ExpectedFigure,
    Improvement,
    ImprovementChange,
    ImprovementSource,
    ImprovementState,
)
from consult.analysis.report.models import Effort
from consult.analysis.report.words import EFFORT_LABELS
from consult.feedback.alert_words import alert_sentences, alert_title
from consult.feedback.models import Alert, AlertKind
from consult.i18n import date_in_words, format_date
from consult.involvement.models import ActivityKind
from consult.involvement.words import KIND_LABELS
from consult.organizations.audit.actions import ACTION_LABELS, Action

STATE_LABELS = {
    ImprovementState.TO_STUDY: _l("under review"),
    ImprovementState.PLANNED: _l("planned"),
    ImprovementState.IN_PROGRESS: _l("in progress"),
    ImprovementState.DONE: _l("done"),
    ImprovementState.DECLINED: _l("declined"),
}
SOURCE_LABELS = {
    ImprovementSource.THEME: _l("a theme of comments"),
    ImprovementSource.ALERT: _l("an alert"),
    ImprovementSource.ACTIVITY: _l("an involvement activity"),
    ImprovementSource.IDEA: _l("an idea of the team"),
}
FIGURE_LABELS = {
    ExpectedFigure.SHARE: _l("fewer comments about it"),
    ExpectedFigure.RATING: _l("a higher mean rating"),
}

#: Days ahead of its due date from which something is due soon.
SOON = 14

_FIELD_LABELS: dict[str, LazyString] = {
    "state": _l("State"),
    "owner": _l("Person responsible"),
    "due_on": _l("Due date"),
    "effort": _l("Effort"),
    "expected_figure": _l("Figure that is to move"),
    "title_fr": _l("Title in French"),
    "title_en": _l("Title in English"),
    "said_fr": _l("What you said, in French"),
    "said_en": _l("What you said, in English"),
    "did_fr": _l("What we did, in French"),
    "did_en": _l("What we did, in English"),
    "reason_fr": _l("The reason, in French"),
    "reason_en": _l("The reason, in English"),
    "expected_fr": _l("Expected effect, in French"),
    "expected_en": _l("Expected effect, in English"),
    "evidence": _l("Evidence"),
    "measured": _l("Measured on"),
}
_VALUE_LABELS: dict[str, Mapping[Any, LazyString]] = {
    "state": {state.value: label for state, label in STATE_LABELS.items()},
    "effort": {effort.value: label for effort, label in EFFORT_LABELS.items()},
    "expected_figure": {figure.value: label for figure, label in FIGURE_LABELS.items()},
}
_DAYS = frozenset({"due_on", "measured"})


def effort_words(effort: Effort) -> str:
    return str(EFFORT_LABELS[effort])


def due_words(improvement: Improvement, today: date) -> tuple[str, str] | None:
    """When it is due, and how pressing that is: 'bad' when late, 'warning' when soon, else ''.

    None once it is settled, or without a due date.
    """
    if improvement.due_on is None or improvement.state not in OPEN:
        return None
    days = (improvement.due_on - today).days
    if days < 0:
        return ngettext("Late by %(num)d day", "Late by %(num)d days", -days), "bad"
    if days == 0:
        return str(_("Due today")), "warning"
    if days <= SOON:
        return ngettext("Due in %(num)d day", "Due in %(num)d days", days), "warning"
    return str(_("Due on %(date)s", date=date_in_words(improvement.due_on))), ""


def change_title(change: ImprovementChange) -> str:
    """Who did what: "Camille Demers made an improvement"."""
    label = ACTION_LABELS.get(Action(change.action)) if change.action in list(Action) else None
    who = change.actor_name or _("The site")
    return str(_("%(who)s %(did)s", who=who, did=label or change.action))


def change_lines(change: ImprovementChange) -> list[tuple[str, str, str]]:
    """What changed: the field, what it was (empty when it was blank) and what it is."""
    return [
        (str(_FIELD_LABELS.get(field, field)), _value(field, before), _value(field, after))
        for field, (before, after) in sorted(change.changes.items(), key=_as_listed)
    ]


def _as_listed(pair: tuple[str, Any]) -> int:
    fields = list(_FIELD_LABELS)
    return fields.index(pair[0]) if pair[0] in fields else len(fields)


def _value(field: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if field in _DAYS:
        return date_in_words(date.fromisoformat(value))
    return str(_VALUE_LABELS.get(field, {}).get(value, value))


def alert_words(item: Mapping[str, Any]) -> tuple[str, list[str]]:
    """An alert of the evidence: its title, and what it said."""
    alert = Alert(kind=AlertKind(item["alert"]), details=item["details"])
    return alert_title(alert), alert_sentences(alert)


def activity_kind_words(item: Mapping[str, Any]) -> str:
    """How citizens were involved in an activity of the evidence."""
    return str(KIND_LABELS[ActivityKind(item["activity_kind"])])


def day_words(moment: str | None) -> str:
    """The day of a moment that the evidence holds, or a day, in words; empty without one."""
    if not moment:
        return ""
    if len(moment) == len("2026-01-01"):
        return date_in_words(date.fromisoformat(moment))
    return format_date(datetime.fromisoformat(moment))
