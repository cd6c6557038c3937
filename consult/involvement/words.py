"""What activities are called in both languages."""

from flask_babel import lazy_gettext as _l

from consult.i18n import date_in_words
from consult.involvement.models import Activity, ActivityKind

KIND_LABELS = {
    ActivityKind.FOCUS_GROUP: _l("Focus group"),
    ActivityKind.SURVEY: _l("Satisfaction survey"),
    ActivityKind.INTERVIEW: _l("Interview in person"),
    ActivityKind.REMOTE_INTERVIEW: _l("Remote interview"),
    ActivityKind.OBSERVATION: _l("Observation"),
    ActivityKind.USABILITY_TEST: _l("Usability test"),
    ActivityKind.CO_DESIGN: _l("Co-design"),
    ActivityKind.OTHER: _l("Other"),
}

#: Before the service's launch, or after.
WHEN_LABELS = {True: _l("Before launch"), False: _l("After launch")}


def days_words(activity: Activity) -> str:
    """Its day, or its first and its last."""
    days = dict.fromkeys((activity.starts_on, activity.ends_on))
    return " – ".join(date_in_words(day) for day in days)
