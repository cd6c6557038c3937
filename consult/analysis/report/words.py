"""Groups of people and efforts, in the words of the page's language."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.analysis.report.facts import GroupFacts
from consult.analysis.report.models import Effort
from consult.feedback.channels import CHANNELS
from consult.i18n import current_lang
from consult.questionnaires.regions import REGIONS

EFFORT_LABELS: dict[Effort, LazyString] = {
    Effort.SMALL: _l("small effort"),
    Effort.MEDIUM: _l("medium effort"),
    Effort.LARGE: _l("large effort"),
}


def group_words(group: GroupFacts) -> str:
    """A group by its name: "French", "By phone", "Estrie"; one we do not know keeps its own."""
    if group.grouping == "lang":
        return str(_("French") if group.group == "fr" else _("English"))
    if group.grouping == "channel":
        return str(CHANNELS.get(group.group, group.group))
    if group.grouping == "region" and group.group in REGIONS:
        return str(getattr(REGIONS[group.group], current_lang()))
    return group.group


def grouping_words(grouping: str) -> str:
    """What a grouping tells apart: the language, the channel, the region, the group."""
    known = {"lang": _("Language"), "channel": _("How it came in"), "region": _("Region")}
    return str(known.get(grouping, _("Group")))
