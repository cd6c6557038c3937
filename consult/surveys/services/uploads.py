"""Files attached to answers."""

from datetime import datetime
from typing import cast

from consult.db import db, new_public_id
from consult.files.errors import FileRefusedError
from consult.files.kinds import type_of
from consult.files.storing import MEGABYTE, erased_with, keep
from consult.questionnaires import Question
from consult.questionnaires.types import File
from consult.surveys.models import Response, Upload

erased_with(Upload)


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
    public_id = new_public_id()
    upload = Upload(
        public_id=public_id,
        response=response,
        question=question.name,
        media_type=file_type.media_type,
        extension=file_type.extension,
        size=keep(public_id, file_type.media_type, data),
        uploaded_at=now,
    )
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
