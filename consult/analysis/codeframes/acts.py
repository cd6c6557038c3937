"""Acts of people on a codeframe: each makes one new version out of the last one.

Every act takes the actor and the clock, locks the codeframe so that two people's acts follow one
another, and raises ``NotAllowedError`` or a ``CodeframeError``. The caller commits.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from consult.analysis.codeframes.errors import (
    CodeframeError,
    LabelRequiredError,
    NothingChosenError,
    NothingToUndoError,
    NotUnderError,
)
from consult.analysis.codeframes.models import (
    Act,
    Codeframe,
    CodeframeAssignment,
    CodeframeModel,
    CodeframeTheme,
    CodeframeVersion,
)
from consult.analysis.codeframes.placements import checked_comments, place, restore
from consult.analysis.codeframes.versions import current_version, living, version_numbered
from consult.db import Localized, db, new_public_id
from consult.organizations.models import Account
from consult.organizations.permissions import can_correct_codeframes, require

#: Acts that change no comment's theme: what was learned still holds.
_LEARNED_STILL = frozenset(
    {Act.RENAME, Act.PIN, Act.UNPIN, Act.EXCLUDE, Act.INCLUDE, Act.PLACE_UNDER}
)
LONGEST_LABEL = 200

Themes = dict[uuid.UUID, CodeframeTheme]


def checked_label(label: Localized) -> Localized:
    """The label without blanks around; raises ``LabelRequiredError``."""
    clean = Localized(" ".join(label.fr.split()), " ".join(label.en.split()))
    if clean.missing or max(len(clean.fr), len(clean.en)) > LONGEST_LABEL:
        raise LabelRequiredError()
    return clean


def lock(codeframe: Codeframe) -> CodeframeVersion:
    """The last version; others who would add one wait for the end of this transaction."""
    db.session.execute(select(Codeframe.id).where(Codeframe.id == codeframe.id).with_for_update())
    return current_version(codeframe)


def new_version(
    before: CodeframeVersion,
    act: Act,
    actor: Account,
    now: datetime,
    details: dict[str, Any],
    change: Callable[[Themes], None] = lambda themes: None,
    source: CodeframeVersion | None = None,
) -> CodeframeVersion:
    """The version that follows ``before``: the themes of ``source`` (or of it), changed."""
    themes = {theme.key: _copy(theme) for theme in (source or before).themes}
    change(themes)
    made = CodeframeVersion(
        codeframe=before.codeframe,
        number=before.number + 1,
        act=act,
        details=details,
        equals=source.number if source else None,
        made_by=actor,
        made_at=now,
        themes=list(themes.values()),
    )
    db.session.add(made)
    db.session.flush()
    if act in _LEARNED_STILL:
        db.session.execute(
            update(CodeframeModel)
            .where(
                CodeframeModel.codeframe_id == before.codeframe_id,
                CodeframeModel.number == before.number,
            )
            .values(number=made.number)
        )
    return made


def _copy(theme: CodeframeTheme) -> CodeframeTheme:
    return CodeframeTheme(
        key=theme.key,
        label=theme.label,
        position=theme.position,
        parent_key=theme.parent_key,
        merged_into=theme.merged_into,
        pinned=theme.pinned,
        excluded=theme.excluded,
    )


def begin(actor: Account, codeframe: Codeframe) -> tuple[CodeframeVersion, Themes]:
    """Checks the right, and gives the last version and its living themes."""
    require(can_correct_codeframes, actor, codeframe.organization)
    before = lock(codeframe)
    return before, {theme.key: theme for theme in living(before.themes)}


def known(themes: Themes, key: uuid.UUID) -> CodeframeTheme:
    if key not in themes:
        raise CodeframeError()
    return themes[key]


def said(label: Localized) -> dict[str, str]:
    """A label as ``details`` keep it."""
    return {"fr": label.fr, "en": label.en}


def rename(
    actor: Account, codeframe: Codeframe, key: uuid.UUID, label: Localized, now: datetime
) -> CodeframeVersion:
    """Gives a theme another name, in both languages."""
    before, themes = begin(actor, codeframe)
    old, new = known(themes, key).label, checked_label(label)
    details = {"theme": said(old), "to": said(new)}
    return new_version(
        before, Act.RENAME, actor, now, details, lambda made: setattr(made[key], "label", new)
    )


def merge(
    actor: Account, codeframe: Codeframe, key: uuid.UUID, into: uuid.UUID, now: datetime
) -> CodeframeVersion:
    """Puts a theme's comments and sub-themes into another theme, whose name stays."""
    before, themes = begin(actor, codeframe)
    gone, kept = known(themes, key), known(themes, into)
    if key == into:
        raise NotUnderError()

    def change(made: Themes) -> None:
        made[key].merged_into = into
        if made[into].parent_key == key:
            made[into].parent_key = made[key].parent_key
        top = made[into].parent_key or into
        for theme in made.values():
            if theme.parent_key == key:
                theme.parent_key = top

    details = {"theme": said(gone.label), "to": said(kept.label)}
    return new_version(before, Act.MERGE, actor, now, details, change)


def place_under(
    actor: Account, codeframe: Codeframe, key: uuid.UUID, parent: uuid.UUID | None, now: datetime
) -> CodeframeVersion:
    """Makes a theme a sub-theme of ``parent``, or a theme by itself when that is None."""
    before, themes = begin(actor, codeframe)
    theme, above = known(themes, key), known(themes, parent) if parent else None
    has_own = any(other.parent_key == key for other in themes.values())
    if above and (has_own or above.parent_key or parent == key):
        raise NotUnderError()
    details = {"theme": said(theme.label), "to": said(above.label) if above else None}
    return new_version(
        before, Act.PLACE_UNDER, actor, now, details,
        lambda made: setattr(made[key], "parent_key", parent),
    )  # fmt: skip


def mark(
    actor: Account, codeframe: Codeframe, key: uuid.UUID, act: Act, now: datetime
) -> CodeframeVersion:
    """Pins a theme (it stays first, and in every report) or excludes one (noise), or the reverse.

    ``act`` is one of PIN, UNPIN, EXCLUDE, INCLUDE.
    """
    before, themes = begin(actor, codeframe)
    name = "pinned" if act in {Act.PIN, Act.UNPIN} else "excluded"
    value = act in {Act.PIN, Act.EXCLUDE}
    details = {"theme": said(known(themes, key).label)}
    return new_version(
        before, act, actor, now, details, lambda made: setattr(made[key], name, value)
    )


def move(
    actor: Account,
    codeframe: Codeframe,
    comments: Sequence[uuid.UUID],
    to: uuid.UUID,
    now: datetime,
    *,
    also: bool = False,
) -> CodeframeVersion:
    """Puts comments in a theme by a person's hand; with ``also``, beside the one they have."""
    before, themes = begin(actor, codeframe)
    target, chosen = known(themes, to), checked_comments(codeframe, comments)
    details = {"to": said(target.label), "comments": len(chosen), "also": also}
    made = new_version(before, Act.MOVE, actor, now, details)
    place(made, {to: chosen}, is_main=not also)
    return made


def confirm(
    actor: Account, codeframe: Codeframe, comments: Sequence[uuid.UUID], now: datetime
) -> CodeframeVersion:
    """Accepts where the machine put some comments: they are then placed by a person."""
    before, themes = begin(actor, codeframe)
    chosen = checked_comments(codeframe, comments)
    ends = {theme.key: theme.merged_into or theme.key for theme in before.themes}
    rows = db.session.execute(
        select(CodeframeAssignment.theme_key, CodeframeAssignment.comment_id).where(
            CodeframeAssignment.codeframe_id == codeframe.id,
            CodeframeAssignment.comment_id.in_(chosen),
        )
    ).all()
    by_theme: dict[uuid.UUID, list[uuid.UUID]] = {}
    for key, comment_id in rows:
        while key in ends and ends[key] != key:
            key = ends[key]
        if key in themes:
            by_theme.setdefault(key, []).append(comment_id)
    if not by_theme:
        raise NothingChosenError()
    details = {"comments": sum(map(len, by_theme.values()))}
    made = new_version(before, Act.CONFIRM, actor, now, details)
    place(made, by_theme)
    return made


def add_theme(
    actor: Account,
    codeframe: Codeframe,
    label: Localized,
    comments: Sequence[uuid.UUID],
    now: datetime,
) -> CodeframeVersion:
    """A new theme from examples: the chosen comments, which others like them will join."""
    before, _themes = begin(actor, codeframe)
    new, chosen, key = checked_label(label), checked_comments(codeframe, comments), new_public_id()
    details = {"to": said(new), "comments": len(chosen)}
    made = new_version(
        before, Act.ADD, actor, now, details,
        lambda themes: add(themes, key, new),
    )  # fmt: skip
    place(made, {key: chosen})
    return made


def add(themes: Themes, key: uuid.UUID, label: Localized, parent: uuid.UUID | None = None) -> None:
    """Adds a theme after the others."""
    last = max((theme.position for theme in themes.values()), default=0)
    themes[key] = CodeframeTheme(
        key=key, label=label, position=last + 1, parent_key=parent, pinned=False, excluded=False
    )


def undo(actor: Account, codeframe: Codeframe, number: int, now: datetime) -> CodeframeVersion:
    """A new version equal to an earlier one: its themes, and people's placements as they were."""
    before, _themes = begin(actor, codeframe)
    source = version_numbered(codeframe, number)
    if source is None or number >= before.number:
        raise NothingToUndoError()
    made = new_version(before, Act.UNDO, actor, now, {"to": number}, source=source)
    restore(made, number)
    return made
