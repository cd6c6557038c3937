"""Verbs of feedback."""

from consult.feedback.services.asking import add_own_set, change_settings, set_allowed_origins
from consult.feedback.services.contact import offers_contact
from consult.feedback.services.receiving import Received, receive
from consult.feedback.services.record import Recorded, Submission, record, record_all
from consult.feedback.services.script import (
    HandedOut,
    WidgetNotBuiltError,
    any_service_script,
    hand_out,
    integrity,
    service_script,
)

__all__ = [
    "HandedOut",
    "Received",
    "Recorded",
    "Submission",
    "WidgetNotBuiltError",
    "add_own_set",
    "any_service_script",
    "change_settings",
    "hand_out",
    "integrity",
    "offers_contact",
    "receive",
    "record",
    "record_all",
    "service_script",
    "set_allowed_origins",
]
