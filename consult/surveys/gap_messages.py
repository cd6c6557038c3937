"""What keeps a consultation from being public, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.i18n import current_lang
from consult.questionnaires import Text
from consult.surveys.builder.text_places import TextPlace
from consult.surveys.errors import Gap

LANGUAGE_NAMES = {"fr": _l("in French"), "en": _l("in English")}
OLDER = {
    "fr": _l("the French is older than the English: read it again"),
    "en": _l("the English is older than the French: read it again"),
}

PARTS = {
    "title": _l("Title"),
    "summary": _l("Summary in one line"),
    "why": _l("Why this consultation"),
    "influence": _l("What the answers can change, and what they cannot"),
    "decides": _l("Who decides"),
    "what_next": _l("What happens next"),
}

#: What a text is to its page, its question, its choice.
KINDS = {
    "title": _l("title"),
    "intro": _l("introduction"),
    "label": _l("text"),
    "hint": _l("hint"),
    "required_message": _l("message when there is no answer"),
    "constraint_message": _l("message when the rule is broken"),
    "low": _l("words at the low end of the scale"),
    "high": _l("words at the high end of the scale"),
    "other": _l("words of “specify”"),
    "choices": _l("choice “%(item)s”"),
    "rows": _l("row “%(item)s”"),
    "steps": _l("step %(item)s"),
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
    what = place_message(gap.place) if gap.place else str(PARTS[gap.part])
    if gap.stale:
        return str(_("%(what)s: %(older)s", what=what, older=OLDER[gap.lang or "fr"]))
    return str(_("%(what)s, %(language)s", what=what, language=LANGUAGE_NAMES[gap.lang or "fr"]))


def place_message(place: TextPlace) -> str:
    """Where a text stands: 'Page “Your opinion”, title'."""
    if place.page is None:
        return str(_("Title of the questionnaire"))
    kind = str(KINDS.get(place.kind, place.kind))
    if place.item:
        kind = kind % {"item": _words(place.item)}
    if place.question is None:
        return str(
            _("Page “%(page)s”, %(text)s", page=_words(place.page, place.page_name), text=kind)
        )
    question = _words(place.question, place.question_name)
    return str(_("Question “%(question)s”, %(text)s", question=question, text=kind))


def _words(text: Text, name: str = "") -> str:
    return text.in_language(current_lang()) or name
