"""Verbs of the targets: keep a month's figures, declare an indicator."""
