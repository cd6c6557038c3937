"""Placing the comments of a codeframe as they come, in a worker.

Only a worker gets here: numpy and scikit-learn are imported inside, never by a web process.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from consult.analysis.codeframes.comment_lists import ids_nowhere
from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframeModel,
    CodeframePlacement,
    CodeframeProposal,
    CodeframeTheme,
    ProposalKind,
    Sureness,
)
from consult.analysis.codeframes.versions import current_version, living, resolved
from consult.analysis.queries.sources import SourceComment, comments_of, newest
from consult.db import db
from consult.jobs import services as jobs
from consult.jobs.models import Job, JobState
from consult.jobs.services import Progress

if TYPE_CHECKING:
    from consult.analysis.text.placing import Placed, Placer

PLACE_COMMENTS = "place comments"

#: After a failure, placing is not tried again for so long.
PATIENCE = timedelta(hours=1)

#: With fewer comments than this the words learned before are used again.
FEW = 50

ENOUGH_APART = 12  # comments that fit nowhere, from which themes are looked for among them
GROWN = 1.5  # what fits nowhere is looked at again once there is so much more of it
CLOSENESS = 0.3  # mean cosine that makes comments of nowhere worth proposing as a theme


@dataclass(frozen=True)
class _Now:
    """What is known when the work begins; plain values, no transaction stays open."""

    codeframe_id: int
    number: int
    mark: str
    comments: Sequence[SourceComment]
    keys: Sequence[uuid.UUID]
    family: Sequence[int]
    by_person: dict[uuid.UUID, uuid.UUID]
    by_machine: dict[uuid.UUID, tuple[uuid.UUID | None, Sureness]]
    learned: tuple[int, list[str], dict[str, Any], bytes] | None

    def theme_of(self, comment_id: uuid.UUID) -> int:
        """The number of a comment's theme when a person or a sure machine put it there, or -1."""
        key = self.by_person.get(comment_id)
        if key is None:
            key, sureness = self.by_machine.get(comment_id, (None, Sureness.NOWHERE))
            if sureness is not Sureness.SURE:
                return -1
        return self.keys.index(key) if key in self.keys else -1


def due(now: datetime) -> list[Job]:
    """Asks for the placing of each codeframe with new comments or a version not learned yet.

    The caller commits, then announces the jobs.
    """
    asked = []
    for codeframe in db.session.scalars(select(Codeframe).order_by(Codeframe.id)):
        if _may_be_placed(codeframe, now) and _is_behind(codeframe):
            codeframe.job = jobs.submit(PLACE_COMMENTS, {"codeframe_id": codeframe.id})
            asked.append(codeframe.job)
    return asked


def _may_be_placed(codeframe: Codeframe, now: datetime) -> bool:
    job = codeframe.job
    if job is None or job.state is JobState.DONE:
        return True
    failed_at = job.finished_at if job.state is JobState.FAILED else None
    return failed_at is not None and failed_at < now - PATIENCE


def _is_behind(codeframe: Codeframe) -> bool:
    learned = db.session.scalar(
        select(CodeframeModel.number).where(CodeframeModel.codeframe_id == codeframe.id)
    )
    return learned != current_version(codeframe).number or newest(codeframe) != codeframe.read_until


def place_comments(
    codeframe_id: int, progress: Progress, clock: Callable[[], datetime], *, relearn: bool = False
) -> None:
    """Puts a codeframe's new comments in its themes, after learning the themes when they changed.

    What people placed stays; what the machine was sure of stays, but for what a theme that is new
    surely takes, which waits to be confirmed. All is written at once, or nothing when a person
    made another version meanwhile: the next minute begins again.
    """
    now = _now(codeframe_id)
    if now is None:
        return
    db.session.commit()
    progress("words", 0.1)
    placer, kept = _placer(now, relearn=relearn)
    progress("themes", 0.6)
    waiting = [c for c in now.comments if _is_open(now, c.public_id, anew=kept is not None)]
    found = placer.place([c.text for c in waiting], [c.lang for c in waiting])
    rows = _assignments(now, waiting, found)
    if not _is_current(now):
        return
    _write(now, rows, kept)
    _propose(codeframe_id, placer, clock)


def _now(codeframe_id: int) -> _Now | None:
    codeframe = db.session.get(Codeframe, codeframe_id)
    if codeframe is None:
        return None
    mark, version = newest(codeframe), current_version(codeframe)
    ends, themes = resolved(version.themes), living(version.themes)
    keys = [theme.key for theme in themes]
    person = select(CodeframePlacement.comment_id, CodeframePlacement.theme_key).where(
        CodeframePlacement.codeframe_id == codeframe_id,
        CodeframePlacement.until.is_(None),
        CodeframePlacement.is_main,
    )
    row = CodeframeAssignment
    machine = select(row.comment_id, row.theme_key, row.sureness).where(
        row.codeframe_id == codeframe_id
    )
    model = db.session.get(CodeframeModel, codeframe_id)
    return _Now(
        codeframe_id,
        version.number,
        mark,
        [comment for comment in comments_of(codeframe) if comment.text.strip()],
        keys,
        _families(themes),
        {comment: ends.get(key, key) for comment, key in db.session.execute(person)},
        {
            comment: (ends.get(key, key) if key else None, sureness)
            for comment, key, sureness in db.session.execute(machine)
        },
        (model.number, model.themes, model.state, model.arrays) if model else None,
    )


def _families(themes: Sequence[CodeframeTheme]) -> list[int]:
    places = {theme.key: place for place, theme in enumerate(themes)}
    return [
        places.get(theme.parent_key, own) if theme.parent_key else own
        for own, theme in enumerate(themes)
    ]


def _placer(now: _Now, *, relearn: bool) -> tuple[Placer, CodeframeModel | None]:
    """What places comments; with the row to keep when it was learned now.

    What was learned is always used as it was stored, so that today and next month place alike.
    """
    import numpy as np

    from consult.analysis.text.placing import Placer

    before, remembered = None, {}
    if now.learned:
        number, keys, state, arrays = now.learned
        before = Placer.restored(state, arrays)
        remembered = dict(zip(keys, state["remembered"], strict=True))
        if before and number == now.number and not relearn:
            return before, None
    texts, langs = [c.text for c in now.comments], [c.lang for c in now.comments]
    themes = np.array([now.theme_of(c.public_id) for c in now.comments], dtype=int)
    learned = Placer.learn(
        texts, langs, themes, now.family,
        remembered=[remembered.get(str(key), {}) for key in now.keys],
        before=before if len(texts) < FEW else None,
    )  # fmt: skip
    state, arrays = learned.kept()
    row = CodeframeModel(
        codeframe_id=now.codeframe_id,
        number=now.number,
        themes=[str(key) for key in now.keys],
        state=state,
        arrays=arrays,
    )
    return Placer.restored(state, arrays) or learned, row


def _is_open(now: _Now, comment_id: uuid.UUID, *, anew: bool) -> bool:
    """True of a comment to place: a new one; with ``anew`` every one that no person placed."""
    return comment_id not in now.by_person and (anew or comment_id not in now.by_machine)


def _assignments(
    now: _Now, waiting: Sequence[SourceComment], found: Placed
) -> list[dict[str, Any]]:
    """Rows to write for the comments whose place changes."""
    known = set(now.learned[1]) if now.learned else {str(key) for key in now.keys}
    rows = []
    for comment, theme, cosine, how in zip(
        waiting, found.theme, found.cosine, found.how, strict=True
    ):
        key, sureness = (now.keys[theme] if theme >= 0 else None), Sureness(how)
        if now.theme_of(comment.public_id) >= 0:  # the machine was sure of another version's themes
            is_new = key is not None and str(key) not in known and sureness is Sureness.SURE
            if not is_new:
                continue
            sureness = Sureness.UNSURE
        rows.append(
            {
                "codeframe_id": now.codeframe_id,
                "comment_id": comment.public_id,
                "theme_key": key,
                "sureness": sureness,
                "cosine": float(cosine),
            }
        )
    return rows


def _is_current(now: _Now) -> bool:
    """True when nobody made a version meanwhile; nobody does until the transaction ends."""
    locked = db.session.scalar(
        select(Codeframe).where(Codeframe.id == now.codeframe_id).with_for_update()
    )
    return locked is not None and current_version(locked).number == now.number


def _write(now: _Now, rows: list[dict[str, Any]], kept: CodeframeModel | None) -> None:
    here = {comment.public_id for comment in now.comments}
    erased = [comment_id for comment_id in now.by_machine if comment_id not in here]
    _remove(CodeframeAssignment, now, erased)
    _remove(CodeframePlacement, now, erased)
    _remove(CodeframeAssignment, now, [row["comment_id"] for row in rows])
    if rows:
        db.session.execute(insert(CodeframeAssignment), rows)
    if kept is not None:
        db.session.merge(kept)
    codeframe = db.session.get(Codeframe, now.codeframe_id)
    if codeframe:
        codeframe.read_until = now.mark
    db.session.flush()


def _remove(
    table: type[CodeframeAssignment | CodeframePlacement], now: _Now, ids: Sequence[uuid.UUID]
) -> None:
    for start in range(0, len(ids), 500):
        db.session.execute(
            delete(table).where(
                table.codeframe_id == now.codeframe_id,
                table.comment_id.in_(ids[start : start + 500]),
            )
        )


def _propose(codeframe_id: int, placer: Placer, clock: Callable[[], datetime]) -> None:
    """Proposes themes among what fits nowhere, once enough of it gathered since the last time."""
    codeframe = db.session.get(Codeframe, codeframe_id)
    if codeframe is None:
        return
    last = db.session.scalar(
        select(CodeframeProposal)
        .where(
            CodeframeProposal.codeframe_id == codeframe_id,
            CodeframeProposal.kind == ProposalKind.NEW,
        )
        .order_by(CodeframeProposal.id.desc())
        .limit(1)
    )
    apart = ids_nowhere(current_version(codeframe))
    if last and (not last.settled_at or len(apart) < GROWN * last.among):
        return
    if len(apart) >= ENOUGH_APART:
        groups = groups_among(codeframe, placer, apart, CLOSENESS)
        db.session.add(
            CodeframeProposal(
                codeframe=codeframe,
                kind=ProposalKind.NEW,
                groups=groups,
                among=len(apart),
                settled_at=None if groups else clock(),
            )
        )


def groups_among(
    codeframe: Codeframe, placer: Placer, ids: Sequence[uuid.UUID], closeness: float
) -> list[dict[str, Any]]:
    """Groups proposed among some comments, as a proposal keeps them."""
    from consult.analysis.text.proposing import proposed_groups

    wanted = set(ids)
    comments = [comment for comment in comments_of(codeframe) if comment.public_id in wanted]
    found = proposed_groups(
        placer, [c.text for c in comments], [c.lang for c in comments], closeness=closeness
    )
    return [
        {
            "fr": group.label_fr,
            "en": group.label_en,
            "comments": [str(comments[row].public_id) for row in group.rows],
        }
        for group in found
    ]
