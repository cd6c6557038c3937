"""A fictitious but plausible site: two public bodies, their services, consultations and comments.

It is loaded through the services of each slice, as people would have done it.
"""
