"""The register's blueprint, and the public body that an address names."""

from typing import cast

from flask import Blueprint, abort, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from consult.errors import NotAllowedError
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_keep_register, require
from consult.organizations.queries import organization_by_slug, organizations_of

Page = str | Response | tuple[str, int]

bp = Blueprint("register", __name__, template_folder="../templates")


def actor() -> Account:
    """The person signed in."""
    return cast(Account, current_user._get_current_object())


def asked_body() -> Organization | None:
    """The public body that ``body`` names, or the only one the person keeps the register of.

    None when there are several and none is named; 404 and 403 otherwise.
    """
    slug = request.args.get("body", "")
    if slug:
        named: Organization = organization_by_slug(slug) or abort(404)
        require(can_keep_register, actor(), named)
        return named
    bodies = organizations_of(actor(), can_keep_register)
    if not bodies:
        raise NotAllowedError()
    return bodies[0] if len(bodies) == 1 else None


def choose_body(heading: str) -> Page:
    """A page that asks which public body."""
    bodies = organizations_of(actor(), can_keep_register)
    page = render_template("register/choose_body.html", bodies=bodies, heading=heading)
    return page, 200 if request.method == "GET" else 422
