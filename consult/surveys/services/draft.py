"""The questionnaire being written: opening it, changing it safely, making it a version."""

import copy
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from consult.db import db
from consult.organizations.models import Account
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys import queries
from consult.surveys.builder.checking import readable
from consult.surveys.builder.document import Definition, blank_definition
from consult.surveys.builder.errors import DraftChangedError
from consult.surveys.builder.queries import draft_of
from consult.surveys.models import Consultation, QuestionnaireDraft, QuestionnaireVersion
from consult.surveys.services.prepare import add_version


@dataclass(frozen=True)
class Editing:
    """Who changes which draft, as they saw it (``revision``), and when.

    Every verb that takes one raises ``NotAllowedError``; ``DraftChangedError`` when somebody
    changed the draft since that revision; and ``NotInDraftError`` for an unknown name.
    """

    actor: Account
    consultation: Consultation
    revision: int
    now: datetime


@dataclass(frozen=True)
class ReadAgain:
    """Which texts say the same in both languages, though only one of their sides changed.

    ``places`` are those of texts that were stale; ``changed`` is true for all that changes now.
    """

    places: Collection[str] = ()
    changed: bool = False


@dataclass
class Change:
    """A draft's definition before a change, not to be touched, and after it."""

    before: Definition
    after: Definition


def open_draft(actor: Account, consultation: Consultation) -> QuestionnaireDraft:
    """The draft, or one of revision 0 that is kept at its first change.

    It begins as the latest version, or as one blank page.
    """
    require(can_edit_consultations, actor, consultation.organization)
    return draft_of(consultation) or _first_draft(consultation)


def _first_draft(consultation: Consultation) -> QuestionnaireDraft:
    version = consultation.version
    start = definition_of(version) if version else blank_definition()
    return QuestionnaireDraft(consultation_id=consultation.id, definition=start, revision=0)


def definition_of(version: QuestionnaireVersion) -> Definition:
    """A copy of a version's definition, with every key of today."""
    return version.questionnaire.model_dump(mode="json")


@contextmanager
def changing(editing: Editing) -> Iterator[Change]:
    """A change to a draft; what it leaves as ``after`` is kept, and counted as one revision."""
    draft = _as_seen(editing)
    change = Change(draft.definition, copy.deepcopy(draft.definition))
    yield change
    draft.definition = change.after
    draft.revision += 1
    draft.changed_at = editing.now
    draft.changed_by_id = editing.actor.id
    db.session.add(draft)
    db.session.flush()


def _as_seen(editing: Editing) -> QuestionnaireDraft:
    """The draft, held for this transaction, if it still is as the editor saw it."""
    consultation = editing.consultation
    require(can_edit_consultations, editing.actor, consultation.organization)
    draft = draft_of(consultation, lock=True) or _first_draft(consultation)
    if draft.revision != editing.revision:
        raise DraftChangedError(draft)
    return draft


def start_from(editing: Editing, version: QuestionnaireVersion) -> None:
    """Replaces the draft with a version's questionnaire."""
    with changing(editing) as change:
        change.after = definition_of(version)


def make_version(editing: Editing) -> QuestionnaireVersion:
    """Makes the draft the questionnaire that new answers get; the draft stays as it is.

    Pages without a question are left out. Raises ``DefinitionError`` and ``NotReadyError`` as
    ``add_version`` does.
    """
    definition = _as_seen(editing).definition
    if questionnaire := readable(definition):
        definition = questionnaire.model_dump(mode="json")
    actor, consultation = editing.actor, editing.consultation
    return add_version(actor, consultation, definition, editing.now, still_same=True)


def answered_names(consultation: Consultation) -> frozenset[str]:
    """Names of the questions that may have answers, matrices included.

    They and their choices keep their names; empty while nobody began to answer.
    """
    if not queries.has_responses(consultation):
        return frozenset()
    return frozenset(
        name
        for version in consultation.versions
        for section in version.questionnaire.sections
        for question in section.questions
        for name in (question.name, *(part.name for part in question.parts))
    )
