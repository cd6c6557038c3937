"""The background work of feedback: alerts, digests, webhooks, contacts to erase."""

from flask import Flask

from consult.feedback.jobs import alerts, contacts, messages, totals, webhooks
from consult.jobs import queue

__all__ = ["alerts", "contacts", "init_app", "messages", "totals", "webhooks"]


def init_app(app: Flask) -> None:
    """Tells the worker of ``app`` what to do every minute, hour and night."""
    queue.every_minute(app, "consult.deliver_webhooks", webhooks.deliver)
    queue.every_minute(app, "consult.count_feedback", totals.count_news)
    queue.every_hour(app, "consult.watch_feedback", alerts.watch)
    queue.every_night(app, "consult.erase_old_messages", webhooks.erase_old)
    queue.every_night(app, "consult.erase_contacts", contacts.erase_contacts)
    queue.every_night(app, "consult.count_all_feedback", totals.count_all)
