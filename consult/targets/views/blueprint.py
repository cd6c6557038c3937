"""The blueprint of the targets, and what its pages share."""

import re
from datetime import date
from math import ceil

from flask import Blueprint, abort, request, url_for
from flask_sqlalchemy.pagination import Pagination

from consult.organizations.models import Organization
from consult.organizations.queries import organization_by_slug
from consult.targets.definitions import TARGETS
from consult.targets.queries.figures import Entry

bp = Blueprint("targets", __name__, template_folder="../templates")

#: Rows on a page.
PER_PAGE = 50

#: No list has so many pages.
MOST_PAGES = 100_000


class Page(Pagination):
    """A part of something counted already: ``items`` are its rows."""

    def __init__(self, total: int, asked: int) -> None:
        last = max(ceil(total / PER_PAGE), 1)
        self.known = total
        super().__init__(page=min(asked, last), per_page=PER_PAGE, error_out=False)

    @property
    def start(self) -> int:
        return (self.page - 1) * self.per_page

    def _query_items(self) -> list[Entry]:
        return []

    def _query_count(self) -> int:
        return self.known


def asked_number() -> int:
    """The number of the page that the address asks for, whether it exists or not."""
    return min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)


def asked_page(total: int) -> Page:
    """The page that the address asks for, or the last one before it."""
    return Page(total, asked_number())


def body_or_404(slug: str | None) -> Organization | None:
    """The public body of an address; None when the address is about all."""
    if slug is None:
        return None
    return organization_by_slug(slug) or abort(404)


def target_or_404(number: int) -> str:
    """The code of the target with a number from 1 to 3."""
    if not 1 <= number <= len(TARGETS):
        abort(404)
    return TARGETS[number - 1]


def asked_month() -> date | None:
    """The month that the address asks for, as 2026-10; None when it asks for today."""
    asked = request.args.get("month", "")
    if not asked:
        return None
    found = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])", asked, re.ASCII)
    if found is None:
        abort(404)
    return date(int(found[1]), int(found[2]), 1)


def address_of(entry: Entry) -> str:
    """Where everyone can read more of an entry: on this site, or on its own; '' when nowhere."""
    if entry.kind == "service":
        return url_for("publishing.you_said", slug=entry.key)
    if entry.kind == "consultation":
        return url_for("surveys.consultation", slug=entry.key)
    return entry.link if entry.link.startswith(("https://", "http://")) else ""
