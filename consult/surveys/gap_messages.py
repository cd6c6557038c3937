"""What keeps a consultation from being public, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.question_pages.text_messages import lacking, place_message
from consult.surveys.errors import Gap
from consult.surveys.preparation.principles import PRINCIPLES

PARTS = {
    "title": _l("Title"),
    "summary": _l("Summary in one line"),
    "why": _l("Why this consultation"),
    "influence": _l("What the answers can change, and what they cannot"),
    "decides": _l("Who decides"),
    "what_next": _l("What happens next"),
    **{one.part: one.name for one in PRINCIPLES if not one.is_of_consultation},
}


def gap_message(gap: Gap) -> str:
    """What is missing before a consultation can be public."""
    if gap.part == "questionnaire":
        return str(_("The questionnaire."))
    if gap.part == "satisfaction_question":
        return str(
            _(
                "The satisfaction question is not a scale from 1 to 5 of the questionnaire. "
                "Choose another."
            )
        )
    if gap.part == "report_due_on":
        return str(_("The day by which you promise to report back."))
    what = place_message(gap.place) if gap.place else str(PARTS[gap.part])
    return lacking(what, gap.lang or "fr", stale=gap.stale)
