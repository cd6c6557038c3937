"""The inbox of a service's team: a filtered list, and verbs on what is ticked in it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Response as FileResponse
from flask import (
    abort,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult.db import SAFE_METHODS, db, utc_now
from consult.feedback.channels import channel_words
from consult.feedback.inbox import reading, telling
from consult.feedback.inbox.export import write_csv
from consult.feedback.inbox.filters import Filters
from consult.feedback.models import FeedbackItem, Review
from consult.feedback.services import inbox as verbs
from consult.feedback.services.inbox import WordsRefusedError
from consult.feedback.views.blueprint import bp, service_for
from consult.i18n import bilingual_route, current_lang
from consult.organizations.models import Service
from consult.organizations.permissions import can_handle_feedback

Items = list[FeedbackItem]


@bilingual_route(
    bp, "/equipe/services/<slug>/avis", "/staff/services/<slug>/inbox", methods=["GET", "POST"]
)
@login_required
def inbox(slug: str) -> str | Response:
    """What came in, newest first, filtered by the address; a POST acts on what is ticked."""
    if request.method not in SAFE_METHODS:
        return _act(service_for(slug, can_handle_feedback))
    service = service_for(slug)
    filters = Filters.from_address(request.args)
    teller = telling.Teller(service, current_lang())
    return render_template(
        "feedback/inbox/list.html",
        service=service,
        filters=filters,
        page=reading.inbox_page(
            service,
            filters,
            older_than=request.args.get("older", ""),
            newer_than=request.args.get("newer", ""),
        ),
        count=reading.count_matches(service, filters),
        counted_up_to=reading.COUNTED_UP_TO,
        held=reading.count_held(service),
        has_any=reading.has_any(service),
        offers=_offers(service, filters, teller),
        teller=teller,
        may_handle=can_handle_feedback(current_user, service.organization),
        query=kept_query(),
    )


@bilingual_route(bp, "/equipe/services/<slug>/avis.csv", "/staff/services/<slug>/inbox.csv")
@login_required
def inbox_file(slug: str) -> FileResponse:
    """The same list as a file, sent as it is read."""
    service = service_for(slug)
    pieces = write_csv(service, Filters.from_address(request.args), current_lang())
    response = FileResponse(stream_with_context(pieces), content_type="text/csv; charset=utf-8")
    response.call_on_close(pieces.close)
    name = f"{service.slug}-{'avis' if current_lang() == 'fr' else 'feedback'}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def kept_query(**more: str) -> str:
    """The filters and the place in the list as an address has them, with the question mark."""
    given = Filters.from_address(request.args).given
    given |= {name: request.args[name] for name in ("older", "newer") if request.args.get(name)}
    given |= more
    return f"?{urlencode(given)}" if given else ""


def _offers(service: Service, filters: Filters, teller: telling.Teller) -> dict[str, Any]:
    """What the lists of the filters offer, each value with its words."""
    channels = dict.fromkeys(("widget", "page", *service.channels, "import"))
    return {
        "sets": [(name, telling.set_words(name)) for name in reading.known_sets(service)],
        "answers": teller.choices(filters.question_set) if filters.question_set else [],
        "channels": [(name, channel_words(name)) for name in channels],
        "tags": [(tag, "") for tag in reading.known_tags(service)],
    }


def _act(service: Service) -> Response:
    """Does what a button says to what is ticked, and leads back to the same list."""
    items = reading.items_of(service, request.form.getlist("item")[: 2 * reading.PER_PAGE])
    verb = VERBS.get(request.form.get("verb", "")) or abort(422)
    if not items:
        flash(_("Tick at least one line first."), "error")
    else:
        try:
            said = verb(items)
        except WordsRefusedError as error:
            db.session.rollback()
            flash(str(error.message), "error")
        else:
            db.session.commit()
            flash(said)
    address = url_for(".inbox", slug=service.slug)
    return redirect(f"{address}{kept_query()}#results", code=303)


def tag(items: Items) -> str:
    kept = verbs.tag(current_user, items, request.form.get("tag", ""), utc_now())
    return str(_("The tag “%(tag)s” is on.", tag=kept))


def untag(items: Items) -> str:
    typed = request.form.get("untag") or request.form.get("tag", "")
    return str(_("The tag “%(tag)s” is off.", tag=verbs.untag(items, typed)))


def handle(items: Items) -> str:
    count = verbs.handle(current_user, items, utc_now())
    return str(ngettext("%(num)d marked as handled.", "%(num)d marked as handled.", count))


def reopen(items: Items) -> str:
    count = verbs.reopen(items)
    return str(ngettext("%(num)d marked as not handled.", "%(num)d marked as not handled.", count))


def keep(items: Items) -> str:
    count = verbs.review(current_user, items, Review.KEPT, utc_now())
    return str(ngettext("%(num)d kept: it counts now.", "%(num)d kept: they count now.", count))


def set_aside(items: Items) -> str:
    count = verbs.review(current_user, items, Review.SET_ASIDE, utc_now())
    return str(
        ngettext(
            "%(num)d set aside: it does not count.",
            "%(num)d set aside: they do not count.",
            count,
        )
    )


def hold(items: Items) -> str:
    count = verbs.review(current_user, items, Review.HELD, utc_now())
    return str(ngettext("%(num)d back to be reviewed.", "%(num)d back to be reviewed.", count))


#: What the buttons are called, and what each does; what it returns is told to the person.
VERBS: dict[str, Callable[[Items], str]] = {
    verb.__name__: verb for verb in (tag, untag, handle, reopen, keep, set_aside, hold)
}
