"""Recording an activity, changing it, deleting it, and sharing what was learned."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from consult.catalogues import LANGUAGES
from consult.db import Localized, db
from consult.involvement.errors import ActivityIncompleteError, NotShareableError
from consult.involvement.models import Activity, ActivityKind
from consult.involvement.searching import words_of
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import changed, record_act
from consult.organizations.models import Account, Service
from consult.organizations.permissions import can_record_activities, require
from consult.privacy.redaction import redact
from consult.privacy.text import clean_text
from consult.quebec_time import quebec_day

#: The texts people write.
TEXTS = ("title", "profile", "learned", "changed")
#: What has to stand in both languages before it is shared.
SHARED_TEXTS = ("title", "learned")
MOST_THEMES = 10
NOTHING = Localized()


@dataclass(frozen=True)
class ActivityDraft:
    """What is told of an activity; see ``Activity``."""

    kind: ActivityKind
    title: Localized
    starts_on: date
    ends_on: date
    people: int
    profile: Localized = NOTHING
    learned: Localized = NOTHING
    changed: Localized = NOTHING
    themes: tuple[Localized, ...] = ()

    @classmethod
    def of(cls, activity: Activity) -> "ActivityDraft":
        told = {field.name: getattr(activity, field.name) for field in fields(cls)}
        return cls(**{**told, "themes": tuple(Localized(**theme) for theme in activity.themes)})

    def safe(self) -> "ActivityDraft":
        """The same, what identifies a person replaced by a marker in every text."""
        texts: dict[str, Any] = {name: _safe(getattr(self, name)) for name in TEXTS}
        return replace(self, themes=tuple(_safe(theme) for theme in self.themes), **texts)


def record_activity(
    actor: Account, service: Service, draft: ActivityDraft, now: datetime
) -> Activity:
    """Records an activity of a service. Raises ``ActivityIncompleteError``."""
    require(can_record_activities, actor, service.organization)
    draft = draft.safe()
    _check(draft, now)
    activity = Activity(
        organization=service.organization,
        service=service,
        recorded_by=actor,
        created_at=now,
        **_columns(draft),
    )
    _keep(activity, now)
    db.session.add(activity)
    db.session.flush()
    _note(actor, activity, Action.ACTIVITY_RECORDED, now)
    return activity


def change_activity(
    actor: Account, activity: Activity, draft: ActivityDraft, now: datetime
) -> None:
    """Changes what is told of an activity.

    Raises ``ActivityIncompleteError``; ``NotShareableError`` when it is shared and would no longer
    be told in both languages.
    """
    require(can_record_activities, actor, activity.organization)
    draft = draft.safe()
    _check(draft, now)
    if activity.shared_at is not None:
        _check_shareable(draft)
    before = _told(ActivityDraft.of(activity))
    for name, value in _columns(draft).items():
        setattr(activity, name, value)
    _keep(activity, now)
    db.session.flush()
    differences = changed(before, _told(draft))
    if differences:
        _note(actor, activity, Action.ACTIVITY_CHANGED, now, differences)


def delete_activity(actor: Account, activity: Activity, now: datetime) -> None:
    """Deletes an activity for good, with its documents."""
    require(can_record_activities, actor, activity.organization)
    _note(actor, activity, Action.ACTIVITY_DELETED, now)
    db.session.delete(activity)
    db.session.flush()


def share(
    actor: Account, activity: Activity, now: datetime, *, with_documents: bool = False
) -> None:
    """Lets every public body read what was learned. Raises ``NotShareableError``."""
    require(can_record_activities, actor, activity.organization)
    _check_shareable(ActivityDraft.of(activity))
    activity.shared_at = activity.shared_at or now
    activity.shares_documents = with_documents
    documents = {"documents": (None, with_documents)}
    _note(actor, activity, Action.ACTIVITY_SHARED, now, documents)


def stop_sharing(actor: Account, activity: Activity, now: datetime) -> None:
    """Takes what was learned out of the library."""
    require(can_record_activities, actor, activity.organization)
    activity.shared_at, activity.shares_documents = None, False
    _note(actor, activity, Action.ACTIVITY_UNSHARED, now)


def missing_to_share(activity: Activity) -> list[str]:
    """The columns to be written before the activity can be shared: ``title_en``…"""
    return _blank(ActivityDraft.of(activity))


def _blank(draft: ActivityDraft) -> list[str]:
    return [f"{name}_{lang}" for name in SHARED_TEXTS for lang in getattr(draft, name).missing]


def _check_shareable(draft: ActivityDraft) -> None:
    if blank := _blank(draft):
        raise NotShareableError(blank)


def _check(draft: ActivityDraft, now: datetime) -> None:
    if not draft.title:
        message = _l("Write a title, in French or in English.")
        raise ActivityIncompleteError([f"title_{LANGUAGES[0]}"], message)
    if draft.ends_on < draft.starts_on:
        message = _l("Enter a last day that is the first day or a later one.")
        raise ActivityIncompleteError(["ends_on"], message)
    if draft.starts_on > quebec_day(now):
        message = _l("Enter a day that has come: an activity is recorded once it has begun.")
        raise ActivityIncompleteError(["starts_on"], message)
    if draft.people < 1:
        message = _l("Enter how many people took part, at least 1.")
        raise ActivityIncompleteError(["people"], message)


def _safe(text: Localized) -> Localized:
    return Localized(*(redact(clean_text(getattr(text, lang))).text for lang in LANGUAGES))


def _columns(draft: ActivityDraft) -> dict[str, Any]:
    told = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return {**told, "themes": [vars(theme) for theme in draft.themes[:MOST_THEMES]]}


def _keep(activity: Activity, now: datetime) -> None:
    activity.changed_at = now
    activity.searched = words_of(activity)


def _told(draft: ActivityDraft) -> dict[str, Any]:
    """The draft as the audit trail keeps it."""
    told = {
        f"{name}_{lang}": getattr(getattr(draft, name), lang)
        for name in TEXTS
        for lang in LANGUAGES
    }
    return {
        "kind": draft.kind.value,
        "starts_on": draft.starts_on.isoformat(),
        "ends_on": draft.ends_on.isoformat(),
        "people": draft.people,
        "themes": [theme.fr or theme.en for theme in draft.themes],
        **told,
    }


def _note(
    actor: Account,
    activity: Activity,
    action: Action,
    now: datetime,
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    subject = f"{activity.title.in_language('fr')} ({activity.service.slug})"
    record_act(actor, activity.organization, action, subject, now, changes)
