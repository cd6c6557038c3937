"""The blueprint of consultations, and what its pages share."""

from flask import Blueprint, abort
from flask_login import current_user

from consult.organizations.models import Account
from consult.organizations.permissions import Predicate, can_read_reports, require
from consult.surveys import queries
from consult.surveys.models import Consultation

bp = Blueprint("surveys", __name__, template_folder="../templates")


def actor() -> Account:
    """Who is signed in; only for views that require it."""
    account: Account = current_user._get_current_object()
    return account


def published_consultation(slug: str) -> Consultation:
    """The public consultation of an address; 404 when there is none."""
    consultation = queries.consultation_by_slug(slug)
    if consultation is None or not consultation.published_at:
        abort(404)
    return consultation


def readable_consultation(slug: str, allowed: Predicate = can_read_reports) -> Consultation:
    """The consultation, published or not, when who is signed in has the right: else 404 or 403."""
    consultation = queries.consultation_by_slug(slug) or abort(404)
    require(allowed, actor(), consultation.organization)
    return consultation
