"""The addresses of the public pages of what was done, whole, as letters and feeds need them."""

from typing import Any

from flask import url_for

from consult.analysis.improvements.models import Improvement
from consult.publishing.subjects import Followed


def page_path(followed: Followed, **more: Any) -> str:
    """The page of a service, of a consultation, or of everything."""
    if followed.consultation:
        return url_for("publishing.you_said_consultation", slug=followed.consultation.slug, **more)
    slug = followed.service.slug if followed.service else None
    return url_for("publishing.you_said", slug=slug, **more)


def feed_path(followed: Followed, **more: Any) -> str:
    """The feed of the same."""
    if followed.consultation:
        return url_for("publishing.feed_consultation", slug=followed.consultation.slug, **more)
    slug = followed.service.slug if followed.service else None
    return url_for("publishing.feed", slug=slug, **more)


def improvement_path(improvement: Improvement) -> str:
    """Where an improvement stands on the page of its service or consultation, or on that of all."""
    followed = Followed(
        improvement.service, None if improvement.service else improvement.consultation
    )
    return page_path(followed, _anchor=f"improvement-{improvement.public_id}")
