"""Preparing a consultation well: seven principles, a promise to report back, its reminders."""
