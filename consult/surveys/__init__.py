"""Consultations: their texts, their questionnaires, and the answers people give."""
