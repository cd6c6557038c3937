"""The staff's pages of services: their blueprint, and the service that an address names."""

from flask import Blueprint, abort
from flask_login import current_user

from consult.organizations import queries as organizations
from consult.organizations.models import Service
from consult.organizations.permissions import (
    Predicate,
    can_manage_services,
    can_read_reports,
    require,
)

bp = Blueprint("services", __name__, template_folder="../templates")


@bp.context_processor
def _rights() -> dict[str, Predicate]:
    """What the templates of these pages may ask: who may change how a service asks."""
    return {"can_manage": can_manage_services}


def service_for(slug: str, allowed: Predicate = can_read_reports) -> Service:
    """The service with this slug, if the person signed in has the right; else 404, or 403."""
    service = organizations.service_by_slug(slug)
    if service is None:
        abort(404)
    require(allowed, current_user, service.organization)
    return service
