"""The letter that reminds of a promise: the same in French, then in English."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.catalogues import LANGUAGES
from consult.config import Settings
from consult.i18n import date_in_words
from consult.letters import Block, Letter, written_in
from consult.surveys.models.preparation import ReportReminder


def reminder_letter(reminder: ReportReminder, today: date) -> Letter:
    """What one editor receives; nobody has told in which language, so it has both."""
    consultation = reminder.preparation.consultation
    subjects, blocks, feet = [], [], []
    for lang in LANGUAGES:
        with written_in(lang):
            block = _block(reminder, lang, today)
            subjects.append(block.heading)
            blocks.append(block)
            feet.append(str(_("You get this message because you can change this consultation.")))
    host = _settings().base_url.split("//")[-1].split("/")[0].split(":")[0]
    identifier = uuid5(NAMESPACE_URL, f"report {reminder.id}")
    return Letter(
        lang="fr",
        subject=" / ".join(subjects),
        title=consultation.title.in_language("fr"),
        caption=consultation.organization.name.in_language("fr"),
        blocks=tuple(blocks),
        foot=" / ".join(feet),
        foot_links=(),
        headers={"Message-ID": f"<{identifier}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _block(reminder: ReportReminder, lang: str, today: date) -> Block:
    consultation = reminder.preparation.consultation
    title = consultation.title.in_language(lang)
    lines = (
        _("“%(title)s” promised people a report on what became of their answers.", title=title),
        _distance(reminder.due_on, today),
        _(
            "Once it is given, say so on this page: the reminders stop, and the promise is shown "
            "kept."
        ),
    )
    path = url_for("surveys.report_given", slug=consultation.slug)
    return Block(
        str(_("Report promised for %(day)s", day=date_in_words(reminder.due_on))),
        tuple(map(str, lines)),
        link=(str(_("Say that the report was given")), f"{_settings().base_url}{path}"),
        lang=lang,
    )


def _distance(due_on: date, today: date) -> str:
    days = (due_on - today).days
    if days == 0:
        return str(_("It falls due today."))
    if days > 0:
        return str(ngettext("It falls due in %(num)d day.", "It falls due in %(num)d days.", days))
    return str(ngettext("It is %(num)d day late.", "It is %(num)d days late.", -days))


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
