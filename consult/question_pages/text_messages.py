"""Where a text of a questionnaire stands, and in which language it lacks, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.i18n import current_lang
from consult.questionnaires import MissingText, Questionnaire, Text
from consult.questionnaires.text_places import TextPlace, text_place

LANGUAGE_NAMES = {"fr": _l("in French"), "en": _l("in English")}
OLDER = {
    "fr": _l("the French is older than the English: read it again"),
    "en": _l("the English is older than the French: read it again"),
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


def missing_message(questionnaire: Questionnaire, missing: MissingText) -> str:
    """Which text lacks which language, or is older in it."""
    place = text_place(questionnaire, missing.path)
    return lacking(place_message(place), missing.lang, stale=missing.stale)


def lacking(what: str, lang: str, *, stale: bool) -> str:
    """'Title, in English', or that its English is older than its French."""
    if stale:
        return str(_("%(what)s: %(older)s", what=what, older=OLDER[lang]))
    return str(_("%(what)s, %(language)s", what=what, language=LANGUAGE_NAMES[lang]))


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
