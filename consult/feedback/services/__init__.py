"""Verbs of feedback."""

from consult.feedback.services.asking import add_own_set, change_settings, set_allowed_origins
from consult.feedback.services.contact import offers_contact
from consult.feedback.services.receive import Received, receive
from consult.feedback.services.record import Recorded, Submission, record, record_all

__all__ = [
    "Received",
    "Recorded",
    "Submission",
    "add_own_set",
    "change_settings",
    "offers_contact",
    "receive",
    "record",
    "record_all",
    "set_allowed_origins",
]
