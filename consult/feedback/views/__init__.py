"""Feedback on the web: the interface for widgets, the page without script, the staff's pages."""

from flask import Flask

from consult.feedback import jobs
from consult.feedback.channels import channel_words
from consult.feedback.inbox.telling import set_words, signal_words
from consult.feedback.score_words import day_words, measure_words, part_words
from consult.feedback.views import alerts, api, blueprint, page, public_scores, widget
from consult.feedback.views import asking as _asking  # noqa: F401  their routes
from consult.feedback.views import inbox as _inbox  # noqa: F401
from consult.feedback.views import inbox_item as _inbox_item  # noqa: F401
from consult.feedback.views import own_questions as _own_questions  # noqa: F401
from consult.feedback.views import staff as _staff  # noqa: F401
from consult.feedback.views import tokens as _tokens  # noqa: F401
from consult.feedback.views import webhooks as _webhooks  # noqa: F401
from consult.feedback.views.short_way import ShortWay


def init_app(app: Flask) -> None:
    """Plugs feedback into ``app``."""
    api.init_app(app)
    for words in (channel_words, set_words, signal_words, day_words, part_words, measure_words):
        app.add_template_filter(words)
    for module in (alerts, page, widget, public_scores, blueprint):
        app.register_blueprint(module.bp)
    jobs.init_app(app)
    app.wsgi_app = ShortWay(app, app.wsgi_app)  # type: ignore[method-assign]
