"""Files attached to answers: kept outside of every folder that is served, under a random name.

The bytes are on disk, flushed, before the row that names them is committed; they are erased once
the removal of that row is committed. What a stopped machine leaves in between, ``sweep`` erases.
"""

import os
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from flask import current_app
from sqlalchemy import event, select

from consult.db import db, new_public_id
from consult.questionnaires import Question
from consult.questionnaires.types import File
from consult.surveys.errors import FileRefusedError
from consult.surveys.file_kinds import type_of
from consult.surveys.models import Response, Upload
from consult.surveys.pictures import UnreadablePictureError, without_metadata

MEGABYTE = 1_000_000

#: A file this old and without a row was left behind, not just being attached.
LEFT_BEHIND = timedelta(hours=1)


def upload_path(public_id: uuid.UUID) -> Path:
    """Where the bytes of an upload lie; the last two signs spread them over 256 folders."""
    folder: Path = current_app.config["SETTINGS"].uploads_folder
    return folder / public_id.hex[-2:] / str(public_id)


def attach(response: Response, question: Question, data: bytes, now: datetime) -> Upload:
    """Keeps a file as the draft's answer to a file question; its name is not kept.

    Raises ``FileRefusedError`` when its content is not what the question accepts.
    """
    wanted = cast(File, question)
    if not data:
        raise FileRefusedError("empty")
    if len(data) > wanted.max_megabytes * MEGABYTE:
        raise FileRefusedError("large")
    file_type = type_of(data)
    if file_type.kind not in wanted.accepts:
        raise FileRefusedError("kind")
    try:
        bare = without_metadata(file_type.media_type, data)
    except UnreadablePictureError as error:
        raise FileRefusedError("broken") from error
    upload = Upload(
        public_id=new_public_id(),
        response=response,
        question=question.name,
        media_type=file_type.media_type,
        extension=file_type.extension,
        size=len(bare),
        uploaded_at=now,
    )
    _write(upload_path(upload.public_id), bare)
    db.session.add(upload)
    return upload


def drop_unused(response: Response) -> None:
    """Removes the files that neither the answers sent nor the draft name any more."""
    named = _named(response)
    for upload in list(response.uploads):
        if str(upload.public_id) not in named:
            db.session.delete(upload)
    db.session.flush()
    db.session.expire(response, ["uploads"])


def _named(response: Response) -> set[str]:
    kept = [*response.answers.values(), *(response.draft or {}).values()]
    return {answer for answer in kept if isinstance(answer, str)}


def sweep(now: datetime) -> int:
    """Erases files without a row, left by a stopped machine; returns how many."""
    erased = 0
    for path in _stored():
        old = now.timestamp() - path.stat().st_mtime > LEFT_BEHIND.total_seconds()
        if old and not _has_row(path.name):
            path.unlink(missing_ok=True)
            erased += 1
    return erased


def _stored() -> Iterator[Path]:
    folder: Path = current_app.config["SETTINGS"].uploads_folder
    return (path for path in folder.glob("??/*") if path.is_file())


def _has_row(name: str) -> bool:
    try:
        wanted = uuid.UUID(name.removesuffix(".part"))
    except ValueError:
        return False
    found = db.session.scalar(select(Upload.id).where(Upload.public_id == wanted))
    return found is not None and not name.endswith(".part")


def _write(path: Path, data: bytes) -> None:
    """Writes durably: the file and its folder are flushed before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


_ERASED = "uploads_to_erase"


@event.listens_for(Upload, "after_delete")
def _note_erased(_mapper: Any, _connection: Any, upload: Upload) -> None:
    db.session().info.setdefault(_ERASED, []).append(upload_path(upload.public_id))


@event.listens_for(db.session, "after_commit")
def _erase(session: Any) -> None:
    for path in session.info.pop(_ERASED, []):
        path.unlink(missing_ok=True)


@event.listens_for(db.session, "after_rollback")
def _keep(session: Any) -> None:
    session.info.pop(_ERASED, None)
