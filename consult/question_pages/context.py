"""What a page of questions is shown with: its logic's outcome, and the answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from markupsafe import Markup

from consult.questionnaires import Question, Questionnaire
from consult.questionnaires.logic import Outcome, pipe


class ReceivedFile(Protocol):
    """A file received for a question; the slice that keeps it tells it (``file_words``)."""

    extension: Any
    size: Any


@dataclass(frozen=True)
class PageContext:
    """``uploads`` are the files received so far, by identifier, as answers name them."""

    questionnaire: Questionnaire
    outcome: Outcome
    uploads: Mapping[str, ReceivedFile] = field(default_factory=dict)

    def piped(self, text: str, lang: str) -> str:
        """The text with earlier answers in place of their names."""
        return pipe(text, self.questionnaire, self.outcome.answers, lang)

    def label(self, question: Question, lang: str) -> str:
        """The question's label; when it tells an answer, marked so that a script can change it."""
        text = question.label.in_language(lang)
        if "${" not in text:
            return text
        return Markup('<span data-label="{}">{}</span>').format(
            question.name, self.piped(text, lang)
        )

    def upload(self, question: Question) -> ReceivedFile | None:
        """The file received for a question."""
        return self.uploads.get(str(self.outcome.answers.get(question.name)))
