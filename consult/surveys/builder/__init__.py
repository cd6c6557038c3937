"""Changing a questionnaire that is being written: plain data in, plain data changed.

A draft is the definition of a questionnaire that may still lack words, or questions on a page; each
of its questions can be read. Nothing here knows the web or the database.
"""
