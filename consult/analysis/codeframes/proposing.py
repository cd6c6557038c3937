"""Proposals: asked for, found in a worker, then accepted or set aside by a person."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from consult.analysis.codeframes.acts import (
    Themes,
    add,
    checked_label,
    lock,
    new_version,
    said,
)
from consult.analysis.codeframes.comment_lists import ids_in, ids_nowhere
from consult.analysis.codeframes.errors import (
    CodeframeError,
    NothingChosenError,
    TooFewToSplitError,
)
from consult.analysis.codeframes.models import (
    Act,
    Codeframe,
    CodeframeModel,
    CodeframeProposal,
    CodeframeVersion,
    ProposalKind,
)
from consult.analysis.codeframes.placements import place
from consult.analysis.codeframes.placing import CLOSENESS, groups_among, place_comments
from consult.analysis.codeframes.versions import current_version, living, open_proposals
from consult.db import Localized, db, new_public_id
from consult.jobs import services as jobs
from consult.jobs.services import Progress
from consult.organizations.models import Account
from consult.organizations.permissions import can_correct_codeframes, require

PROPOSE_THEMES = "propose themes"
LEAST = 8  # comments to look for themes among


def ask(actor: Account, codeframe: Codeframe, key: uuid.UUID | None) -> CodeframeProposal:
    """Asks for groups among a theme's comments, or with None among those that fit nowhere.

    One that waits for a person is given again. The caller commits, then announces its job. Raises
    ``NotAllowedError``, ``CodeframeError`` and ``TooFewToSplitError``.
    """
    require(can_correct_codeframes, actor, codeframe.organization)
    version = lock(codeframe)
    if key and key not in {theme.key for theme in living(version.themes)}:
        raise CodeframeError()
    for proposal in open_proposals(codeframe):
        if proposal.theme_key == key:
            return proposal
    among = len(ids_in(version, key) if key else ids_nowhere(version))
    if among < LEAST:
        raise TooFewToSplitError()
    proposal = CodeframeProposal(
        codeframe=codeframe,
        kind=ProposalKind.SPLIT if key else ProposalKind.NEW,
        theme_key=key,
        among=among,
        job=jobs.submit(PROPOSE_THEMES, {}),
    )
    db.session.add(proposal)
    db.session.flush()
    if proposal.job:
        proposal.job.arguments = {"proposal_id": proposal.id}
    return proposal


def find(proposal_id: int, progress: Progress, clock: Callable[[], datetime]) -> None:
    """Finds the groups of a proposal, in a worker; does nothing when they were found already."""
    from consult.analysis.text.placing import Placer

    proposal = db.session.get(CodeframeProposal, proposal_id)
    if proposal is None or proposal.groups is not None:
        return
    model = db.session.get(CodeframeModel, proposal.codeframe_id)
    placer = Placer.restored(model.state, model.arrays) if model else None
    if placer is None:
        place_comments(proposal.codeframe_id, progress, clock)
        db.session.commit()
        model = db.session.get_one(CodeframeModel, proposal.codeframe_id)
        placer = Placer.restored(model.state, model.arrays)
    codeframe, key = proposal.codeframe, proposal.theme_key
    version = current_version(codeframe)
    ids = ids_in(version, key) if key else ids_nowhere(version)
    if placer:
        proposal.groups = groups_among(codeframe, placer, ids, 0.0 if key else CLOSENESS)


def accept(
    actor: Account,
    proposal: CodeframeProposal,
    chosen: Mapping[int, Localized],
    now: datetime,
    *,
    under: bool = False,
) -> CodeframeVersion:
    """Makes the chosen groups of a proposal themes, under the names a person gave them.

    Only comments still where they were when the groups were found follow. A theme that is split
    keeps what was not chosen; when nothing is left of it, it goes. With ``under`` the groups become
    its sub-themes and it stays. Raises ``NotAllowedError`` and ``CodeframeError``.
    """
    codeframe = proposal.codeframe
    require(can_correct_codeframes, actor, codeframe.organization)
    before = lock(codeframe)
    groups, key = proposal.groups or [], proposal.theme_key
    if proposal.settled_at or any(number >= len(groups) for number in chosen):
        raise CodeframeError()
    if not chosen:
        raise NothingChosenError()
    split = next((theme for theme in living(before.themes) if theme.key == key), None)
    if key and split is None:
        raise CodeframeError()
    labels = {number: checked_label(label) for number, label in chosen.items()}
    there = ids_in(before, key) if key else ids_nowhere(before)
    by_theme = {new_public_id(): _still(groups[number]["comments"], there) for number in labels}
    if not any(by_theme.values()):
        raise CodeframeError()
    moved = sum(map(len, by_theme.values()))
    gone = split is not None and not under and moved == len(there)
    parent = (split.parent_key or (key if under else None)) if split else None

    def change(themes: Themes) -> None:
        for new, label in zip(by_theme, labels.values(), strict=True):
            add(themes, new, label, parent)
        if gone and key:
            _leave(themes, key)

    details = {
        "theme": said(split.label) if split else None,
        "to": [said(label) for label in labels.values()],
        "comments": moved,
    }
    act = Act.SPLIT if split else Act.ADD
    made = new_version(before, act, actor, now, details, change)
    place(made, by_theme)
    proposal.settled_at = now
    return made


def set_aside(actor: Account, proposal: CodeframeProposal, now: datetime) -> None:
    """Leaves a proposal; the themes stay as they are."""
    require(can_correct_codeframes, actor, proposal.codeframe.organization)
    proposal.settled_at = proposal.settled_at or now


def _still(comments: list[str], there: list[uuid.UUID]) -> list[uuid.UUID]:
    known = set(there)
    return [found for found in map(uuid.UUID, comments) if found in known]


def _leave(themes: Themes, key: uuid.UUID) -> None:
    """Takes a theme without comments out of a version, with those once merged into it."""
    del themes[key]
    for other, theme in list(themes.items()):
        if theme.merged_into == key:
            _leave(themes, other)
        elif theme.parent_key == key:
            theme.parent_key = None
