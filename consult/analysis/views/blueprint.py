"""The blueprint all pages of this slice are registered on."""

from typing import cast

from flask import Blueprint
from flask_login import current_user

from consult.organizations.models import Account

bp = Blueprint("analysis", __name__, template_folder="../templates")


def actor() -> Account:
    """The person signed in, as services want it: the account itself, not Flask-Login's stand-in."""
    return cast(Account, current_user._get_current_object())
