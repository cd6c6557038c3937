"""Making an improvement and saying what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from consult.analysis.improvements.errors import (
    AlreadyJoinedError,
    ImprovementIncompleteError,
    ReasonRequiredError,
    TitleRequiredError,
    TooMuchEvidenceError,
)
from consult.analysis.improvements.evidence import Item, of_activity, of_alert, of_theme
from consult.analysis.improvements.history import remember, snapshot
from consult.analysis.improvements.models import (
    ExpectedFigure,
    Improvement,
    ImprovementSource,
    ImprovementState,
)
from consult.analysis.models import Theme
from consult.analysis.report.models import Effort
from consult.db import Localized, db
from consult.feedback.models import Alert
from consult.involvement.models import Activity
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import changed
from consult.organizations.models import Account, Organization, Service
from consult.organizations.permissions import can_manage_improvements, require
from consult.surveys.models import Consultation

_UNSAID = Localized()
SETTLED = frozenset({ImprovementState.DONE, ImprovementState.DECLINED})

#: Pieces of evidence of one improvement.
MOST_EVIDENCE = 20


@dataclass(frozen=True)
class Draft:
    """What a person wrote about an improvement; see ``Improvement`` for the meaning of each."""

    title: Localized
    owner: Account
    state: ImprovementState = ImprovementState.TO_STUDY
    said: Localized = _UNSAID
    did: Localized = _UNSAID
    reason: Localized = _UNSAID
    due_on: date | None = None
    effort: Effort | None = None
    expected: Localized = _UNSAID
    expected_figure: ExpectedFigure | None = None

    @classmethod
    def of(cls, improvement: Improvement) -> "Draft":
        """What an improvement says now."""
        return cls(**{name: getattr(improvement, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Origin:
    """What an improvement is drawn from; an idea of the team comes from nothing else."""

    organization: Organization
    source: ImprovementSource = ImprovementSource.IDEA
    service: Service | None = None
    consultation: Consultation | None = None
    theme: Theme | None = None
    alert: Alert | None = None
    activity: Activity | None = None

    @classmethod
    def of_theme(cls, theme: Theme) -> "Origin":
        about = theme.analysis
        return cls(
            about.organization,
            ImprovementSource.THEME,
            about.service,
            about.consultation,
            theme=theme,
        )

    @classmethod
    def of_alert(cls, alert: Alert) -> "Origin":
        service = alert.service
        return cls(service.organization, ImprovementSource.ALERT, service, alert=alert)

    @classmethod
    def of_activity(cls, activity: Activity) -> "Origin":
        service = activity.service
        return cls(activity.organization, ImprovementSource.ACTIVITY, service, activity=activity)

    def evidence(self, now: datetime) -> list[Item]:
        """What is behind it today."""
        if self.theme:
            return [of_theme(self.theme, now)]
        if self.alert:
            return [of_alert(self.alert, now)]
        return [of_activity(self.activity, now)] if self.activity else []


def make_improvement(actor: Account, origin: Origin, draft: Draft, now: datetime) -> Improvement:
    """An improvement drawn from something, with what is behind it that day.

    Raises ``NotAllowedError`` and what ``change_improvement`` raises.
    """
    improvement = Improvement(
        organization=origin.organization,
        source=origin.source,
        service=origin.service,
        consultation=origin.consultation,
        theme=origin.theme,
        alert=origin.alert,
        activity=origin.activity,
        created_at=now,
    )
    with db.session.no_autoflush:
        _write(actor, improvement, draft, now)
        improvement.evidence = {"items": origin.evidence(now)}
    db.session.add(improvement)
    db.session.flush()
    _remember(actor, improvement, Action.IMPROVEMENT_MADE, now, {})
    return improvement


def change_improvement(
    actor: Account, improvement: Improvement, draft: Draft, now: datetime
) -> None:
    """Writes a draft into an improvement; the day it is settled is kept while it stays so.

    Raises ``NotAllowedError`` when the actor or a new owner may not manage improvements,
    ``TitleRequiredError``, ``ReasonRequiredError`` or ``ImprovementIncompleteError`` when words
    are missing.
    """
    hold(improvement)
    _change(actor, improvement, draft, now)


def move_improvement(
    actor: Account, improvement: Improvement, state: ImprovementState, now: datetime
) -> None:
    """Puts an improvement in another state, its words as they are; raises as a change does."""
    hold(improvement)
    _change(actor, improvement, replace(Draft.of(improvement), state=state), now)


def _change(actor: Account, improvement: Improvement, draft: Draft, now: datetime) -> None:
    before = snapshot(improvement)
    _write(actor, improvement, draft, now)
    _remember(actor, improvement, Action.IMPROVEMENT_CHANGED, now, before)


def join_evidence(actor: Account, improvement: Improvement, theme: Theme, now: datetime) -> None:
    """Joins a theme, as it is today, to what is behind an improvement of the same public body.

    Raises ``NotAllowedError``, ``AlreadyJoinedError`` and ``TooMuchEvidenceError``.
    """
    require(can_manage_improvements, actor, improvement.organization)
    require(can_manage_improvements, actor, theme.analysis.organization)
    hold(improvement)
    items = list(improvement.evidence.get("items", []))
    item = of_theme(theme, now)
    same = {(one.get("analysis"), one.get("theme")) for one in items}
    if (item["analysis"], item["theme"]) in same:
        raise AlreadyJoinedError()
    if len(items) >= MOST_EVIDENCE:
        raise TooMuchEvidenceError()
    improvement.evidence = {**improvement.evidence, "items": [*items, item]}
    improvement.changed_at = now
    joined = {"evidence": (None, theme.label.in_language("fr"))}
    remember(actor, improvement, Action.EVIDENCE_JOINED, now, joined)


def hold(improvement: Improvement) -> None:
    """Waits for whoever changes the improvement just now, then reads it again.

    What is compared with it, or copied from it to be written, is so only after this.
    """
    db.session.refresh(improvement, with_for_update={"of": Improvement})


def _write(actor: Account, improvement: Improvement, draft: Draft, now: datetime) -> None:
    require(can_manage_improvements, actor, improvement.organization)
    if draft.owner != improvement.owner:
        require(can_manage_improvements, draft.owner, improvement.organization)
    _check_complete(draft)
    if draft.state not in SETTLED:
        improvement.settled_at = None
    elif draft.state is not improvement.state:
        improvement.settled_at = now
    for name in draft.__dataclass_fields__:
        setattr(improvement, name, getattr(draft, name))
    improvement.changed_at = now


def _remember(
    actor: Account,
    improvement: Improvement,
    action: Action,
    now: datetime,
    before: Mapping[str, Any],
) -> None:
    """Keeps what differs; saving the same words again is no act."""
    told = {k: pair for k, pair in changed(before, snapshot(improvement)).items() if any(pair)}
    if told:
        remember(actor, improvement, action, now, told)


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
