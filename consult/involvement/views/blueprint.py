"""The pages' blueprint, and the activity that an address names."""

import uuid
from collections.abc import Sequence
from typing import cast

from flask import Blueprint, abort
from flask_babel import gettext as _
from flask_login import current_user

from consult.involvement import queries
from consult.involvement.models import Activity
from consult.involvement.words import KIND_LABELS, WHEN_LABELS, days_words
from consult.organizations.models import Account
from consult.organizations.permissions import Predicate, can_read_reports, require

bp = Blueprint("involvement", __name__, template_folder="../templates")

Option = dict[str, object]


@bp.context_processor
def _words() -> dict[str, object]:
    """What the templates of these pages say things with."""
    return {"kind_labels": KIND_LABELS, "when_labels": WHEN_LABELS, "days_words": days_words}


def actor() -> Account:
    """The person signed in."""
    return cast(Account, current_user._get_current_object())


def activity_for(public_id: uuid.UUID, allowed: Predicate = can_read_reports) -> Activity:
    """The activity, when it exists and the person has the right: 404 and 403 otherwise."""
    found: Activity = queries.activity_by_public_id(public_id) or abort(404)
    require(allowed, actor(), found.organization)
    return found


def options(chosen: str, found: Sequence[tuple[str, object]]) -> list[Option]:
    """Options of a select that narrows a list, "All" first."""
    every: Option = {"value": "", "text": _("All"), "selected": not chosen}
    return [every, *({"value": v, "text": w, "selected": v == chosen} for v, w in found)]
