"""Files on disk: outside of every folder that is served, under a random name.

The bytes are on disk, flushed, before the row that names them is committed; they are erased once
the removal of that row is committed. What a stopped machine leaves in between, ``sweep`` erases.
A table whose rows name files says so with ``erased_with``: the ``public_id`` is a file's name.
"""

import os
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import event, select

from consult.db import db
from consult.files.errors import FileRefusedError
from consult.files.pictures import UnreadablePictureError, without_metadata

MEGABYTE = 1_000_000

#: A file this old and without a row was left behind, not just being attached.
LEFT_BEHIND = timedelta(hours=1)

_ERASED = "files_to_erase"
_tables: list[Any] = []


def stored_path(public_id: uuid.UUID) -> Path:
    """Where the bytes of a file lie; the last two signs spread them over 256 folders."""
    folder: Path = current_app.config["SETTINGS"].uploads_folder
    return folder / public_id.hex[-2:] / str(public_id)


def keep(public_id: uuid.UUID, media_type: str, data: bytes) -> int:
    """Writes a file, a picture without what cameras add to it; returns its size in bytes.

    Raises ``FileRefusedError`` ('broken') when a picture cannot be read.
    """
    try:
        bare = without_metadata(media_type, data)
    except UnreadablePictureError as error:
        raise FileRefusedError("broken") from error
    _write(stored_path(public_id), bare)
    return len(bare)


def erased_with(model: Any) -> None:
    """Files that rows of ``model`` name are erased with them, and kept by ``sweep`` till then."""
    _tables.append(model)
    event.listen(model, "after_delete", _note_erased)


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
    if name.endswith(".part"):
        return False
    named = (select(model.id).where(model.public_id == wanted) for model in _tables)
    return any(db.session.scalar(query) is not None for query in named)


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


def _note_erased(_mapper: Any, _connection: Any, row: Any) -> None:
    db.session().info.setdefault(_ERASED, []).append(stored_path(row.public_id))


@event.listens_for(db.session, "after_commit")
def _erase(session: Any) -> None:
    for path in session.info.pop(_ERASED, []):
        path.unlink(missing_ok=True)


@event.listens_for(db.session, "after_rollback")
def _keep(session: Any) -> None:
    session.info.pop(_ERASED, None)
