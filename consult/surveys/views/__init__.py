"""Pages of consultations: reading about them, taking part, results, and the staff's side."""

from flask import Flask

from consult.jobs import queue
from consult.surveys import jobs
from consult.surveys.gap_messages import gap_message
from consult.surveys.messages import closing_words
from consult.surveys.views import (  # noqa: F401  (their routes)
    exports,
    highlights,
    manage,
    participate,
    read,
    refusals,
    results,
    staff_results,
    verify,
)
from consult.surveys.views.blueprint import bp


def init_app(app: Flask) -> None:
    """Registers the pages, and the filters that the home page uses too."""
    app.register_blueprint(bp)
    queue.every_minute(app, "consult.count_what_changed", jobs.count_what_changed)
    app.add_template_filter(closing_words)
    app.add_template_filter(gap_message)
