"""Verbs of consultations: prepare, publish, respond."""
