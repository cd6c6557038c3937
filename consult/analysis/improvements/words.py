"""Improvements in the words of the page's language."""

from flask_babel import lazy_gettext as _l

from consult.analysis.improvements.models import ImprovementState

STATE_LABELS = {
    ImprovementState.TO_STUDY: _l("under review"),
    ImprovementState.PLANNED: _l("planned"),
    ImprovementState.IN_PROGRESS: _l("in progress"),
    ImprovementState.DONE: _l("done"),
    ImprovementState.DECLINED: _l("declined"),
}
