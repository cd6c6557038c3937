"""Verbs that change involvement activities."""
