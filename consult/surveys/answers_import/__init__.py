"""Answers of a consultation held elsewhere, from a CSV file into the database.

Every line is checked before anything is written; then all of it is, or nothing.
"""

from consult.surveys.answers_import.errors import (
    LineProblem,
    NotHeldElsewhereError,
    TableRefusedError,
)
from consult.surveys.answers_import.mapping import read_mapping
from consult.surveys.answers_import.messages import line_message, summary
from consult.surveys.answers_import.service import ImportedAnswers, ImportOptions, import_answers

__all__ = [
    "ImportOptions",
    "ImportedAnswers",
    "LineProblem",
    "NotHeldElsewhereError",
    "TableRefusedError",
    "import_answers",
    "line_message",
    "read_mapping",
    "summary",
]
