"""The tables of feedback: what people said, how each service asks, and what its team does of it."""

from consult.feedback.models.alerts import Alert, AlertKind, AlertSubscription
from consult.feedback.models.inbox import FeedbackContact, FeedbackNote, FeedbackTag, NoteKind
from consult.feedback.models.items import FeedbackItem, Review
from consult.feedback.models.services import (
    ApiToken,
    Display,
    FeedbackSettings,
    OwnQuestionSet,
    WidgetScript,
)
from consult.feedback.models.totals import FeedbackSeen, FeedbackTotals
from consult.feedback.models.webhooks import DeliveryState, Webhook, WebhookDelivery

__all__ = [
    "Alert",
    "AlertKind",
    "AlertSubscription",
    "ApiToken",
    "DeliveryState",
    "Display",
    "FeedbackContact",
    "FeedbackItem",
    "FeedbackNote",
    "FeedbackSeen",
    "FeedbackSettings",
    "FeedbackTag",
    "FeedbackTotals",
    "NoteKind",
    "OwnQuestionSet",
    "Review",
    "Webhook",
    "WebhookDelivery",
    "WidgetScript",
]
