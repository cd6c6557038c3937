"""The names of the acts that the audit trail keeps, and how each is called in both languages."""

import enum

from flask_babel import lazy_gettext as _l


class Action(enum.StrEnum):
    """What somebody did; the value stands in the database and in exports, and never changes."""

    SIGNED_IN = "account.signed-in"
    SIGNED_OUT = "account.signed-out"
    IMPROVEMENT_MADE = "improvement.made"
    IMPROVEMENT_CHANGED = "improvement.changed"
    EVIDENCE_JOINED = "improvement.evidence-joined"
    IMPROVEMENT_MEASURED = "improvement.measured"
    RESULT_PUBLISHED = "improvement.result-published"
    RESULT_WITHDRAWN = "improvement.result-withdrawn"
    INDICATOR_DECLARED = "indicator.declared"
    PREPARATION_CHANGED = "preparation.changed"
    REPORT_GIVEN = "preparation.report-given"


ACTION_LABELS = {
    Action.SIGNED_IN: _l("signed in"),
    Action.SIGNED_OUT: _l("signed out"),
    Action.IMPROVEMENT_MADE: _l("made an improvement"),
    Action.IMPROVEMENT_CHANGED: _l("changed an improvement"),
    Action.EVIDENCE_JOINED: _l("joined evidence to an improvement"),
    Action.IMPROVEMENT_MEASURED: _l("measured what came of an improvement"),
    Action.RESULT_PUBLISHED: _l("made public what came of an improvement"),
    Action.RESULT_WITHDRAWN: _l("took back what came of an improvement"),
    Action.INDICATOR_DECLARED: _l("declared an indicator"),
    Action.PREPARATION_CHANGED: _l("changed the preparation of a consultation"),
    Action.REPORT_GIVEN: _l("marked a report as given"),
}
