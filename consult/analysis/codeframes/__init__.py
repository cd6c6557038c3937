"""Codeframes: themes of a subject that people correct, kept by versions, that place what comes."""
