"""Verbs that change the register."""
