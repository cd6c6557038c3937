"""Putting an imported questionnaire in the draft, or in place."""

from collections.abc import Mapping
from typing import Any

from consult.questionnaires import parse_questionnaire
from consult.surveys.models import QuestionnaireVersion
from consult.surveys.services.draft import Editing, changing
from consult.surveys.services.prepare import add_version


def put_in_draft(editing: Editing, definition: Mapping[str, Any]) -> None:
    """Replaces the draft with an imported questionnaire.

    Raises ``DraftChangedError`` when somebody changed the draft since it was seen.
    """
    with changing(editing) as change:
        change.after = parse_questionnaire(definition).model_dump(mode="json")


def make_imported_version(editing: Editing, definition: Mapping[str, Any]) -> QuestionnaireVersion:
    """Makes an imported questionnaire the one that new answers get, and the draft too.

    Raises what ``put_in_draft`` and ``add_version`` do.
    """
    put_in_draft(editing, definition)
    return add_version(
        editing.actor, editing.consultation, definition, editing.now, still_same=True
    )
