"""Preparing a consultation: its texts, its dates, its questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from consult.db import Localized, db
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_edit_consultations, require
from consult.questionnaires import (
    DefinitionError,
    Problem,
    Questionnaire,
    missing_languages,
    parse_questionnaire,
)
from consult.surveys import queries
from consult.surveys.errors import AddressTakenError, Gap, NotReadyError
from consult.surveys.models import Consultation, QuestionnaireVersion

#: The texts that a public consultation has in both languages, in the order of its page.
TEXTS = ("title", "summary", "why", "influence", "decides", "what_next")

BLANK = Localized()


@dataclass(frozen=True)
class ConsultationDetails:
    """All that an editor writes of a consultation, the questionnaire aside."""

    title: Localized
    opens_at: datetime
    closes_at: datetime
    minutes: int
    summary: Localized = BLANK
    why: Localized = BLANK
    influence: Localized = BLANK
    decides: Localized = BLANK
    what_next: Localized = BLANK
    satisfaction_question: str | None = None


def create_consultation(
    actor: Account, organization: Organization, slug: str, details: ConsultationDetails
) -> Consultation:
    """A consultation nobody but staff sees yet; raises ``AddressTakenError`` for a known slug."""
    require(can_edit_consultations, actor, organization)
    if queries.consultation_by_slug(slug):
        raise AddressTakenError()
    consultation = Consultation(organization=organization, slug=slug)
    _write(consultation, details)
    db.session.add(consultation)
    db.session.flush()
    return consultation


def change_consultation(
    actor: Account, consultation: Consultation, details: ConsultationDetails
) -> None:
    """Writes new details; a public consultation stays complete, or ``NotReadyError`` is raised."""
    require(can_edit_consultations, actor, consultation.organization)
    _write(consultation, details)
    _stay_ready(consultation)
    db.session.flush()


def add_version(
    actor: Account,
    consultation: Consultation,
    definition: str | bytes | Mapping[str, Any],
    now: datetime,
) -> QuestionnaireVersion:
    """Gives new answers another questionnaire; answers already begun keep theirs.

    Raises ``DefinitionError`` when the definition cannot be read or gives another type to a
    question that was answered, and ``NotReadyError`` when the consultation is public and the
    questionnaire lacks a language.
    """
    require(can_edit_consultations, actor, consultation.organization)
    questionnaire = parse_questionnaire(definition)
    queries.lock_versions(consultation)
    _keep_types(consultation, questionnaire)
    version = QuestionnaireVersion(
        number=len(consultation.versions) + 1,
        definition=questionnaire.model_dump(mode="json"),
        created_at=now,
    )
    consultation.versions.append(version)
    _stay_ready(consultation)
    db.session.flush()
    return version


def gaps(consultation: Consultation) -> list[Gap]:
    """Everything that keeps the consultation from being public; empty when it is ready."""
    found = [Gap(part, lang) for part in TEXTS for lang in getattr(consultation, part).missing]
    if consultation.version is None:
        return [*found, Gap("questionnaire")]
    questionnaire = consultation.version.questionnaire
    found += [
        Gap("question_text", text.lang, text.path) for text in missing_languages(questionnaire)
    ]
    if name := consultation.satisfaction_question:
        question = questionnaire.question(name)
        if question is None or question.type != "scale":
            found.append(Gap("satisfaction_question"))
    return found


def _keep_types(consultation: Consultation, questionnaire: Questionnaire) -> None:
    """Answers of all versions are read together: a name means the same type in each."""
    if not queries.has_responses(consultation):
        return
    known = {q.name: q.type for v in consultation.versions for q in v.questionnaire.questions}
    changed = [
        Problem(
            f"sections[{s}].questions[{q}].type", "type_changed", {"type": known[question.name]}
        )
        for s, section in enumerate(questionnaire.sections)
        for q, question in enumerate(section.questions)
        if known.get(question.name, question.type) != question.type
    ]
    if changed:
        raise DefinitionError(changed)


def _write(consultation: Consultation, details: ConsultationDetails) -> None:
    for field in fields(details):
        setattr(consultation, field.name, getattr(details, field.name))


def _stay_ready(consultation: Consultation) -> None:
    if consultation.published_at and (missing := gaps(consultation)):
        raise NotReadyError(missing)
