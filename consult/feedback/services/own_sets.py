"""A service's own questions: what keeps a set from being used, and putting one in place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from consult.db import db
from consult.feedback.errors import SetRefusedError
from consult.feedback.models import OwnQuestionSet
from consult.feedback.queries.asking import latest_own_version
from consult.feedback.question_sets import OWN
from consult.feedback.question_sets.limits import LimitProblem, limit_problems
from consult.feedback.services.asking import add_own_set, change_settings
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account, Service
from consult.organizations.permissions import can_manage_services, require
from consult.questionnaires import (
    MissingText,
    Questionnaire,
    missing_languages,
    parse_questionnaire,
)


class SetCheck(NamedTuple):
    """What is beyond the limits of a set, and the texts that lack a language."""

    problems: list[LimitProblem]
    missing: list[MissingText]

    @property
    def is_ready(self) -> bool:
        return not self.problems and not self.missing


def check_set(questionnaire: Questionnaire) -> SetCheck:
    """Whether a questionnaire can be asked as feedback."""
    return SetCheck(limit_problems(questionnaire), missing_languages(questionnaire))


def put_own_set(
    actor: Account, service: Service, definition: Mapping[str, Any], now: datetime
) -> OwnQuestionSet:
    """Makes ``definition`` the latest version of a service's own questions, and asks them.

    The same definition twice in a row is one version.

    Raises:
        NotAllowedError: the actor does not administer the service.
        DefinitionError: it is not a questionnaire.
        SetRefusedError: it is beyond the limits of a set, or lacks a language.
    """
    require(can_manage_services, actor, service.organization)
    questionnaire = parse_questionnaire(definition)
    if not check_set(questionnaire).is_ready:
        raise SetRefusedError()
    written = questionnaire.model_dump(mode="json")
    version = latest_own_version(service)
    if version is None or version.definition != written:
        version = add_own_set(actor, service, written, now)
        body, name = service.organization, service.name.fr
        record_act(actor, body, Action.OWN_QUESTIONS_CHANGED, name, now)
    change_settings(service, now, question_set=OWN)
    db.session.flush()
    return version
