"""Tables of consultations, of people's answers, and of results."""

from consult.surveys.models.consultations import (
    Access,
    Consultation,
    ConsultationState,
    QuestionnaireDraft,
    QuestionnaireVersion,
)
from consult.surveys.models.preparation import Preparation, ReportReminder
from consult.surveys.models.responses import (
    Channel,
    Invitation,
    Response,
    ResponseState,
    Upload,
)
from consult.surveys.models.results import CountsTable, Highlight

__all__ = [
    "Access",
    "Channel",
    "Consultation",
    "ConsultationState",
    "CountsTable",
    "Highlight",
    "Invitation",
    "Preparation",
    "QuestionnaireDraft",
    "QuestionnaireVersion",
    "ReportReminder",
    "Response",
    "ResponseState",
    "Upload",
]
