"""Measuring themes beside those that people gave: ``consult evaluate themes``."""
