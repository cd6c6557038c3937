"""Making an improvement and saying what becomes of it."""

from dataclasses import dataclass
from datetime import datetime

from consult.analysis.improvements.errors import (
    ImprovementIncompleteError,
    ReasonRequiredError,
    TitleRequiredError,
)
from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.analysis.models import Theme
from consult.db import Localized, db
from consult.organizations.models import Account
from consult.organizations.permissions import can_manage_improvements, require

_UNSAID = Localized()
SETTLED = frozenset({ImprovementState.DONE, ImprovementState.DECLINED})


@dataclass(frozen=True)
class Draft:
    """What a person wrote about an improvement; see ``Improvement`` for the meaning of each."""

    title: Localized
    owner: Account
    state: ImprovementState = ImprovementState.TO_STUDY
    said: Localized = _UNSAID
    did: Localized = _UNSAID
    reason: Localized = _UNSAID


def make_improvement(actor: Account, theme: Theme, draft: Draft, now: datetime) -> Improvement:
    """An improvement drawn from a theme, for the same service and public body.

    Raises ``NotAllowedError`` and what ``change_improvement`` raises.
    """
    analysis = theme.analysis
    improvement = Improvement(
        organization=analysis.organization, service=analysis.service, theme=theme, created_at=now
    )
    change_improvement(actor, improvement, draft, now)
    db.session.add(improvement)
    db.session.flush()
    return improvement


def change_improvement(
    actor: Account, improvement: Improvement, draft: Draft, now: datetime
) -> None:
    """Writes a draft into an improvement; the day it is settled is kept while it stays so.

    Raises ``NotAllowedError`` when the actor or the new owner may not manage improvements,
    ``TitleRequiredError``, ``ReasonRequiredError`` or ``ImprovementIncompleteError`` when words
    are missing.
    """
    require(can_manage_improvements, actor, improvement.organization)
    require(can_manage_improvements, draft.owner, improvement.organization)
    _check_complete(draft)
    if draft.state not in SETTLED:
        improvement.settled_at = None
    elif draft.state is not improvement.state:
        improvement.settled_at = now
    improvement.state = draft.state
    improvement.owner = draft.owner
    improvement.title, improvement.said = draft.title, draft.said
    improvement.did, improvement.reason = draft.did, draft.reason
    improvement.changed_at = now


def _check_complete(draft: Draft) -> None:
    if draft.state not in SETTLED:
        if not draft.title:
            raise TitleRequiredError(["title_fr"])
        return
    missing = _blank(draft, "title", "said")
    if draft.state is ImprovementState.DECLINED:
        if reason := _blank(draft, "reason"):
            raise ReasonRequiredError([*missing, *reason])
    else:
        missing += _blank(draft, "did")
    if missing:
        raise ImprovementIncompleteError(missing)


def _blank(draft: Draft, *names: str) -> list[str]:
    return [f"{name}_{lang}" for name in names for lang in getattr(draft, name).missing]
