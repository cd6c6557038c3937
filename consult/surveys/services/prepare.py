"""Preparing a consultation: its texts, its dates, its questionnaire."""

import copy
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from consult.db import Localized, db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_edit_consultations, require
from consult.questionnaires import (
    DefinitionError,
    Problem,
    Questionnaire,
    missing_languages,
    parse_questionnaire,
)
from consult.questionnaires.text_places import text_place
from consult.questionnaires.types import Scale
from consult.surveys import queries
from consult.surveys.builder.staleness import mark_stale, stale_side
from consult.surveys.errors import AddressTakenError, Gap, NotReadyError
from consult.surveys.models import Access, Consultation, QuestionnaireVersion

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
    grace_minutes: int = 30
    access: Access = Access.OPEN
    held_elsewhere: bool = False


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
    actor: Account,
    consultation: Consultation,
    details: ConsultationDetails,
    still_same: Collection[str] = (),
) -> None:
    """Writes new details; a public consultation stays complete, or ``NotReadyError`` is raised.

    A text of which one side changed alone is stale on the other, those in ``still_same`` aside.
    """
    require(can_edit_consultations, actor, consultation.organization)
    stale = _stale_texts(consultation, details, still_same)
    _write(consultation, details)
    consultation.stale_texts = stale
    _stay_ready(consultation)
    db.session.flush()


def _stale_texts(
    consultation: Consultation, details: ConsultationDetails, still_same: Collection[str]
) -> list[str]:
    """The sides that nobody read again since the other changed: 'title.en'."""
    stale = dict(text.split(".") for text in consultation.stale_texts)
    found = []
    for part in TEXTS:
        before = {**asdict(getattr(consultation, part)), "stale": stale.get(part, "")}
        side = stale_side(before, asdict(getattr(details, part)))
        if side and part not in still_same:
            found.append(f"{part}.{side}")
    return found


def add_version(
    actor: Account,
    consultation: Consultation,
    definition: str | bytes | Mapping[str, Any],
    now: datetime,
    *,
    still_same: bool = False,
) -> QuestionnaireVersion:
    """Gives new answers another questionnaire; answers already begun keep theirs.

    A text of which one side alone differs from the latest version's is stale on the other, unless
    ``still_same`` says that somebody read both. Raises ``DefinitionError`` when the definition
    cannot be read or gives another type to a question that was answered, and ``NotReadyError`` when
    the consultation is public and the questionnaire lacks a language.
    """
    require(can_edit_consultations, actor, consultation.organization)
    questionnaire = parse_questionnaire(definition)
    queries.lock_versions(consultation)
    _keep_types(consultation, questionnaire)
    content = questionnaire.model_dump(mode="json")
    if consultation.version and not still_same:
        content = _marked(content, consultation.version)
    version = QuestionnaireVersion(
        number=len(consultation.versions) + 1, definition=content, created_at=now
    )
    consultation.versions.append(version)
    _stay_ready(consultation)
    numbers = {"version": (version.number - 1 or None, version.number)}
    title = consultation.title.fr
    record_act(actor, consultation.organization, Action.QUESTIONS_CHANGED, title, now, numbers)
    db.session.flush()
    return version


def _marked(definition: dict[str, Any], latest: QuestionnaireVersion) -> dict[str, Any]:
    """The definition with the texts stale that changed on one side since the latest version."""
    marked = copy.deepcopy(definition)
    mark_stale(latest.questionnaire.model_dump(mode="json"), marked)
    return marked


def gaps(consultation: Consultation) -> list[Gap]:
    """Everything that keeps the consultation from being public; empty when it is ready."""
    found = [
        Gap(part, lang, stale=f"{part}.{lang}" in consultation.stale_texts)
        for part in TEXTS
        for lang in ("fr", "en")
        if lang in getattr(consultation, part).missing
        or f"{part}.{lang}" in consultation.stale_texts
    ]
    if consultation.version is None:
        return [*found, Gap("questionnaire")]
    questionnaire = consultation.version.questionnaire
    found += questionnaire_gaps(questionnaire)
    name = consultation.satisfaction_question
    if name and name not in {question.name for question in satisfaction_scales(questionnaire)}:
        found.append(Gap("satisfaction_question"))
    return found


def questionnaire_gaps(questionnaire: Questionnaire) -> list[Gap]:
    """The texts of a questionnaire that lack a language, or have an older one."""
    return [
        Gap("question_text", text.lang, text.path, text.stale, text_place(questionnaire, text.path))
        for text in missing_languages(questionnaire)
    ]


def satisfaction_scales(questionnaire: Questionnaire) -> list[Scale]:
    """The questions that can measure satisfaction: scales from 1 to 5."""
    return [
        question
        for question in questionnaire.questions
        if isinstance(question, Scale) and (question.first, question.last) == (1, 5)
    ]


def _keep_types(consultation: Consultation, questionnaire: Questionnaire) -> None:
    """Answers of all versions are read together: a name means the same type in each."""
    if not queries.has_responses(consultation):
        return
    known = {q.name: q.type for v in consultation.versions for q in v.questionnaire.questions}
    changed = [
        Problem(f"sections[{s}].questions[{q}].type", "type_changed", {"type": known[kept.name]})
        for s, section in enumerate(questionnaire.sections)
        for q, question in enumerate(section.questions)
        for kept in question.answerable
        if known.get(kept.name, kept.type) != kept.type
    ]
    if changed:
        raise DefinitionError(changed)


def _write(consultation: Consultation, details: ConsultationDetails) -> None:
    for field in fields(details):
        setattr(consultation, field.name, getattr(details, field.name))


def _stay_ready(consultation: Consultation) -> None:
    if consultation.published_at and (missing := gaps(consultation)):
        raise NotReadyError(missing)
