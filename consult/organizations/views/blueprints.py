"""The blueprints of this slice's pages, and who is signed in."""

from flask import Blueprint, current_app
from flask_login import current_user

from consult.config import Settings
from consult.organizations.models import Account

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
