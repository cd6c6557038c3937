"""What each act on a codeframe is called in its history."""

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.analysis.codeframes.models import Act, CodeframeVersion
from consult.db import Localized
from consult.i18n import current_lang


def told(version: CodeframeVersion) -> str:
    """The act that made a version, in one sentence, from what to what."""
    details = version.details
    names = {name: _label(details.get(name)) for name in ("theme", "to")}
    count = details.get("comments", details.get("themes", 0))
    return _sentences(version, names, count)[version.act]


def _label(kept: object) -> str:
    """A label as kept, or several, in the language of the page."""
    if isinstance(kept, dict):
        return Localized(kept.get("fr", ""), kept.get("en", "")).in_language(current_lang())
    if isinstance(kept, list):
        return ", ".join(_label(one) for one in kept)
    return str(kept) if kept else ""


def _sentences(version: CodeframeVersion, names: dict[str, str], count: int) -> dict[Act, str]:
    under = _("“%(theme)s” was placed under “%(to)s”", **names)
    moved = ngettext(
        "%(num)d comment was put in “%(to)s”", "%(num)d comments were put in “%(to)s”",
        count, **names,
    )  # fmt: skip
    if version.details.get("piece"):
        moved = _("A piece of a comment was put in “%(to)s”", **names)
    return {
        Act.ADOPT: ngettext(
            "%(num)d theme kept from an analysis", "%(num)d themes kept from an analysis", count
        ),
        Act.COPY: _("Copied from “%(theme)s”", **names),
        Act.RENAME: _("“%(theme)s” was renamed “%(to)s”", **names),
        Act.MERGE: _("“%(theme)s” was merged into “%(to)s”", **names),
        Act.SPLIT: _("“%(theme)s” was split: %(to)s", **names),
        Act.MOVE: moved,
        Act.CONFIRM: ngettext("%(num)d comment confirmed", "%(num)d comments confirmed", count),
        Act.ADD: _("Added: %(to)s", **names),
        Act.PLACE_UNDER: under if names["to"] else _("“%(theme)s” stands by itself", **names),
        Act.PIN: _("“%(theme)s” was pinned", **names),
        Act.UNPIN: _("“%(theme)s” is no longer pinned", **names),
        Act.EXCLUDE: _("“%(theme)s” was excluded as noise", **names),
        Act.INCLUDE: _("“%(theme)s” counts again", **names),
        Act.UNDO: _("Back to version %(number)s", number=version.equals),
    }
