"""The blueprints of this slice's pages, and who is signed in."""

from flask import Blueprint, abort, current_app
from flask_login import current_user

from consult.config import Settings
from consult.organizations import queries
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import Predicate, require

#: Coming in: open to all.
bp = Blueprint("organizations", __name__, template_folder="../templates")

#: One's own account.
account_bp = Blueprint("account", __name__, template_folder="../templates")

#: Public bodies and their people.
people_bp = Blueprint("people", __name__, template_folder="../templates")

#: The audit trail.
audit_bp = Blueprint("audit", __name__, template_folder="../templates")

#: What applications that make codes, and letters, call this site.
SITE = "consult"


def actor() -> Account:
    """Who is signed in; only for views that require it."""
    account: Account = current_user._get_current_object()
    return account


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def body_for(slug: str, allowed: Predicate) -> Organization:
    """The public body of an address, if the person signed in has the right; else 404, or 403."""
    body = queries.organization_by_slug(slug)
    if body is None:
        abort(404)
    require(allowed, actor(), body)
    return body
