"""What can be analysed: a service's feedback, or the answers to one open question."""

from collections.abc import Iterable
from dataclasses import dataclass

from consult.analysis.codeframes.models import Codeframe
from consult.analysis.models import Analysis
from consult.db import Localized
from consult.feedback import queries as feedback
from consult.organizations.models import Organization, Service
from consult.organizations.queries import service_by_slug, services_in
from consult.questionnaires import Question
from consult.surveys import queries as surveys
from consult.surveys.models import Consultation

#: Database ids of the service and of the consultation, and the question's name.
SubjectKey = tuple[int | None, int | None, str | None]


@dataclass(frozen=True)
class Subject:
    """A set of comments that are analysed together.

    ``about`` is the service's name or the question's label. Either ``service`` is given, or
    ``consultation`` and ``question``, the question's name.
    """

    organization: Organization
    about: Localized
    service: Service | None = None
    consultation: Consultation | None = None
    question: str | None = None

    @property
    def key(self) -> SubjectKey:
        service_id = self.service.id if self.service else None
        return (service_id, self.consultation.id if self.consultation else None, self.question)


def subjects_in(bodies: Iterable[Organization]) -> list[Subject]:
    """Everything some public bodies can analyse: services, then open questions."""
    asked = list(bodies)
    return subjects_of_services(asked) + [
        _of_question(consultation, question)
        for consultation in surveys.consultations_in(asked)
        for question in surveys.open_questions(consultation)
    ]


def subjects_of_services(bodies: Iterable[Organization]) -> list[Subject]:
    """The services of some public bodies."""
    return [_of_service(service) for service in services_in(bodies)]


def subject_of_service(slug: str) -> Subject | None:
    service = service_by_slug(slug)
    return _of_service(service) if service else None


def subject_of_question(slug: str, name: str) -> Subject | None:
    """The open question ``name`` of a consultation; None when there is no such question."""
    consultation = surveys.consultation_by_slug(slug)
    questions = surveys.open_questions(consultation) if consultation else []
    found = next((question for question in questions if question.name == name), None)
    return _of_question(consultation, found) if consultation and found else None


def subject_of(analysis: Analysis | Codeframe) -> Subject:
    """The subject of an analysis or a codeframe.

    A question that was since taken out keeps its name.
    """
    service, consultation, name = analysis.service, analysis.consultation, analysis.question or ""
    if service or consultation is None:
        return Subject(analysis.organization, service.name if service else Localized(), service)
    found = (q for q in surveys.open_questions(consultation) if q.name == name)
    label = next((Localized(q.label.fr, q.label.en) for q in found), Localized(name, name))
    return Subject(analysis.organization, label, consultation=consultation, question=name)


def _of_service(service: Service) -> Subject:
    return Subject(service.organization, service.name, service=service)


def _of_question(consultation: Consultation, question: Question) -> Subject:
    label = Localized(question.label.fr, question.label.en)
    return Subject(
        consultation.organization, label, consultation=consultation, question=question.name
    )


def comment_counts(subjects: Iterable[Subject]) -> dict[SubjectKey, int]:
    """How many comments in words each service has, and responses each question's consultation."""
    asked = list(subjects)
    scores = feedback.scores([subject.service for subject in asked if subject.service])
    consultations = {s.consultation.id: s.consultation for s in asked if s.consultation}
    responses = surveys.response_counts(consultations.values())
    return {
        subject.key: scores[subject.service.id].comments
        if subject.service
        else responses[subject.consultation.id if subject.consultation else 0]
        for subject in asked
    }


def has_comments(subject: Subject) -> bool:
    """True when someone wrote words about the subject."""
    if subject.consultation:
        return surveys.open_answer_count(subject.consultation, subject.question or "") > 0
    return comment_counts([subject])[subject.key] > 0
