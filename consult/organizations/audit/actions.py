"""The names of the acts that the audit trail keeps, and how each is called in both languages."""

import enum

from flask_babel import lazy_gettext as _l


class Action(enum.StrEnum):
    """What somebody did; the value stands in the database and in exports, and never changes."""

    SIGNED_IN = "account.signed-in"
    SIGNED_OUT = "account.signed-out"
    INDICATOR_DECLARED = "indicator.declared"
    PREPARATION_CHANGED = "preparation.changed"
    REPORT_GIVEN = "preparation.report-given"


ACTION_LABELS = {
    Action.SIGNED_IN: _l("signed in"),
    Action.SIGNED_OUT: _l("signed out"),
    Action.INDICATOR_DECLARED: _l("declared an indicator"),
    Action.PREPARATION_CHANGED: _l("changed the preparation of a consultation"),
    Action.REPORT_GIVEN: _l("marked a report as given"),
}
