"""Verbs of analyses and improvements, one family per module."""
