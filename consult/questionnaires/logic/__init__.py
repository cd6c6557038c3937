"""What answers lead to: what is shown, required, refused; and earlier answers in later texts.

Expressions are those of XLSForm: pyxform makes XPath of them, elementpath evaluates it.
"""

from consult.questionnaires.logic.evaluate import Logic
from consult.questionnaires.logic.outcome import Outcome
from consult.questionnaires.logic.piping import UNANSWERED, pipe

__all__ = ["UNANSWERED", "Logic", "Outcome", "pipe"]
