"""What every reader of other programs' questionnaires shares.

A reader fills a ``Draft`` and ``settle`` makes it a questionnaire, with the list of what could not
be carried; a file that cannot be taken at all raises ``ImportRefusedError``.
"""

from consult.questionnaires.importing.draft import RULES, Asked, Draft, Page, Rule, text, texts_in
from consult.questionnaires.importing.languages import side_of
from consult.questionnaires.importing.names import Names, choice_name, question_name
from consult.questionnaires.importing.outcome import (
    Fault,
    FaultCode,
    Import,
    ImportRefusedError,
    Loss,
    LossKind,
    Place,
    Renamed,
)
from consult.questionnaires.importing.settling import settle

__all__ = [
    "RULES",
    "Asked",
    "Draft",
    "Fault",
    "FaultCode",
    "Import",
    "ImportRefusedError",
    "Loss",
    "LossKind",
    "Names",
    "Page",
    "Place",
    "Renamed",
    "Rule",
    "choice_name",
    "question_name",
    "settle",
    "side_of",
    "text",
    "texts_in",
]
