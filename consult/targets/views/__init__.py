"""The pages of the targets: everyone's, and the declaring of indicators."""

from flask import Flask

from consult.jobs import queue
from consult.targets import jobs
from consult.targets.percents import percent
from consult.targets.views import declaring, files, public  # noqa: F401  (their routes)
from consult.targets.views.blueprint import bp
from consult.targets.words import (
    date_name,
    day_in_words,
    declared_value,
    month_words,
    reason_words,
    together_words,
)


def init_app(app: Flask) -> None:
    """Registers the pages, and the nightly keeping of ended months."""
    app.register_blueprint(bp)
    queue.every_night(app, "consult.keep_targets", jobs.ask_to_keep)
    app.add_template_filter(reason_words, "target_reason")
    app.add_template_filter(date_name, "target_date_name")
    app.add_template_filter(day_in_words, "target_day")
    app.add_template_filter(month_words, "target_month")
    app.add_template_filter(percent, "target_percent")
    app.add_template_filter(declared_value)
    app.add_template_filter(together_words)
