"""Pages of consultations: reading about them, taking part, results, and the staff's side."""

from flask import Flask

from consult.i18n import current_lang, date_in_words
from consult.jobs import queue
from consult.surveys import jobs
from consult.surveys.gap_messages import gap_message
from consult.surveys.messages import closing_words
from consult.surveys.models import Consultation
from consult.surveys.preparation.jobs import remind_reports
from consult.surveys.services.duration import minutes_needed
from consult.surveys.told_answers import told_answers
from consult.surveys.views import (  # noqa: F401  (their routes)
    answers_import,
    assisted,
    attachments,
    build,
    build_page,
    build_question,
    exchange,
    exports,
    files,
    highlights,
    invitations,
    manage,
    municipalities,
    one_answer,
    own_answers,
    participate,
    preparation,
    printable,
    read,
    receipt,
    refusals,
    results,
    signals,
    staff_results,
    try_out,
    verify,
    versions,
)
from consult.surveys.views.blueprint import bp


def init_app(app: Flask) -> None:
    """Registers the pages, and the filters that the home page uses too."""
    app.register_blueprint(bp)
    queue.every_minute(app, "consult.count_what_changed", jobs.count_what_changed)
    queue.every_night(app, "consult.erase_unsent", jobs.erase_unsent)
    queue.every_hour(app, "consult.remind_reports", remind_reports)
    app.add_template_filter(closing_words)
    app.add_template_filter(gap_message)
    app.add_template_global(told_answers)
    app.add_template_filter(attachments.file_words)
    app.add_template_filter(_minutes_needed, "minutes_needed")
    app.add_template_filter(date_in_words, "day_of_promise")


def _minutes_needed(consultation: Consultation) -> int:
    return minutes_needed(consultation, current_lang())
