"""Verbs of feedback."""

from consult.feedback.services.asking import add_own_set, change_settings, set_allowed_origins
from consult.feedback.services.contact import offers_contact
from consult.feedback.services.record import Recorded, Submission, record, record_all

__all__ = [
    "Recorded",
    "Submission",
    "add_own_set",
    "change_settings",
    "offers_contact",
    "record",
    "record_all",
    "set_allowed_origins",
]
