"""Where a quotation leads: to the comment in its context."""

import uuid

from flask import url_for

from consult.analysis.queries.subjects import Subject


def comment_address(subject: Subject, public_id: uuid.UUID) -> str:
    """The page of a comment in the current language, without the site's own address.

    Of feedback, its place in the inbox; of a consultation, the person's answers, the question the
    comment answers first. Both pages check what who opens them may read.
    """
    if subject.consultation:
        return url_for(
            "surveys.one_answer",
            slug=subject.consultation.slug,
            public_id=public_id,
            question=subject.question,
        )
    slug = subject.service.slug if subject.service else ""
    return url_for("services.inbox_item", slug=slug, public_id=public_id)
