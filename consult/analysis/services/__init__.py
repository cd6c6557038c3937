"""Verbs of analyses, one family per module."""
