"""Reads of the tokens of a service's own servers."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.feedback.models import ApiToken
from consult.feedback.queries.served import Served
from consult.organizations.models import Service


def live_token(service: Service | Served, token_hash: str) -> ApiToken | None:
    """The token of a service with this hash, unless it was revoked."""
    return db.session.scalar(
        select(ApiToken).where(
            ApiToken.token_hash == token_hash,
            ApiToken.service_id == service.id,
            ApiToken.revoked_at.is_(None),
        )
    )


def tokens_of(service: Service) -> Sequence[ApiToken]:
    """Every token of a service, those that were revoked too, newest first."""
    query = select(ApiToken).where(ApiToken.service_id == service.id)
    query = query.options(joinedload(ApiToken.created_by)).order_by(ApiToken.id.desc())
    return db.session.scalars(query).all()


def token_of(service: Service, public_id: uuid.UUID) -> ApiToken | None:
    """The token of a service with this public identifier."""
    query = select(ApiToken).where(ApiToken.service_id == service.id)
    return db.session.scalar(query.where(ApiToken.public_id == public_id))
