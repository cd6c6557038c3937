"""The same form as a page, for people without script. It sets no cookie and may be framed.

A plain ``<form>`` of the service may lead here: once sent, the person goes back to the service.
"""

import secrets
from datetime import datetime

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_limiter.errors import RateLimitExceeded
from werkzeug.wrappers import Response

from consult.db import SAFE_METHODS, db, utc_now
from consult.feedback import queries, services
from consult.feedback.errors import FeedbackRefusedError, TooManyError, UnknownServiceError
from consult.feedback.repeats import Sent, keys_of
from consult.feedback.returning import marked, origin_of
from consult.feedback.services import Submission
from consult.feedback.services.contact import offers_contact
from consult.feedback.services.follow_up import questions_brought
from consult.feedback.views.intake import feedback_limit, thanks_url
from consult.feedback.views.page_form import (
    Asking,
    asked_by_address,
    asked_by_form,
    dress,
    seconds_open,
    sender,
    show_refused,
)
from consult.i18n import bilingual_route, current_lang
from consult.organizations import queries as organizations
from consult.questionnaires import Question
from consult.security import allow_framing, allow_returning, csrf

bp = Blueprint("feedback", __name__, template_folder="../templates")


@bp.before_request
def prepare() -> None:
    """Finds the service of the address and lets its sites frame the page."""
    service = organizations.service_by_key((request.view_args or {})["key"])
    if service is None:
        raise UnknownServiceError()
    g.service = service
    allow_framing(service.allowed_origins)


@bp.errorhandler(RateLimitExceeded)
def ask_to_wait(_error: RateLimitExceeded) -> tuple[str, int]:
    db.session.rollback()
    asking = asked_by_form(g.service, utc_now())
    asking.refused = {"": TooManyError.message}
    return _page(asking), TooManyError.status


@bilingual_route(bp, "/services/<key>/avis", "/services/<key>/feedback", methods=["GET", "POST"])
@csrf.exempt  # see BesideForm
@feedback_limit
def give(key: str) -> str | Response | tuple[str, int]:
    """Shows the form, or takes what was written in it and leads to the thanks.

    In the address: ``question_set``, ``page``, ``reference``, ``channel``, and ``return_to``, an
    address of a site of the service. A form adds the answers, and ``idempotency_key``.
    """
    now = utc_now()
    if request.method in SAFE_METHODS:
        return _page(asked_by_address(g.service, now))
    asking = asked_by_form(g.service, now)
    if asking.refused:
        return _page(asking), FeedbackRefusedError.status
    shown = asking.form.shown or frozenset()
    if brought := questions_brought(asking.questions, asking.outcome, shown):
        return _page(asking, brought)
    try:
        recorded = services.record(g.service, _submission(asking, now), now)
    except FeedbackRefusedError as error:
        db.session.rollback()
        asking.refused = error.fields
        return _page(asking), error.status
    masked = 1 if recorded.is_masked else None
    db.session.commit()
    if way_back := asking.beside.return_to.data:
        return redirect(marked(way_back, current_lang()), code=303)
    return redirect(url_for("feedback.thanks", key=key, masked=masked), code=303)


@bilingual_route(bp, "/services/<key>/avis/merci", "/services/<key>/feedback/thanks")
def thanks(key: str) -> str:
    return render_template(
        "feedback/thanks.html",
        service=g.service,
        you_said_url=thanks_url(current_lang()),
        masked="masked" in request.args,
    )


def _submission(asking: Asking, now: datetime) -> Submission:
    beside = asking.beside
    return Submission(
        answers=asking.form.typed(),
        question_set=asking.questions.name,
        page=beside.page.data,
        reference=beside.reference.data,
        channel=beside.channel.data,
        idempotency_key=beside.idempotency_key.data or _key(asking, now),
        lang=current_lang(),
        contact=beside.contact.data,
        website=beside.website.data,
        seconds=seconds_open(beside, now),
    )


def _key(asking: Asking, now: datetime) -> str:
    """The key of a form that has none: the same for what is sent again at once."""
    beside = asking.beside
    sent = Sent(
        str(g.service.key),
        asking.questions.name,
        asking.form.typed(),
        beside.page.data or "",
        beside.reference.data or "",
        beside.contact.data or "",
    )
    keys = keys_of(sent, sender(), current_app.config["SETTINGS"].secret_key, now)
    before = queries.item_by_key(g.service, keys.before)
    is_repeat = before is not None and now - before.submitted_at < keys.within
    return keys.before if is_repeat else keys.present


def _page(asking: Asking, brought: list[Question] | None = None) -> str:
    """The page with its form: new, or as it was typed, with what has to be fixed or added."""
    beside = asking.beside
    if not beside.idempotency_key.data or "idempotency_key" in asking.refused:
        beside.idempotency_key.data = secrets.token_urlsafe(24)
    if beside.return_to.data:
        allow_returning(origin_of(beside.return_to.data))
    above = show_refused(asking)
    dress(asking)
    return render_template(
        "feedback/give.html",
        service=g.service,
        form=asking.form,
        beside=beside,
        above=above,
        faulty=bool(asking.refused),
        brought=brought or [],
        brought_words=_brought_words(brought or []),
        offers_contact=offers_contact(g.service),
    )


def _brought_words(brought: list[Question]) -> str:
    return str(
        ngettext(
            "Your answers bring %(num)d more question. Your feedback is not sent yet.",
            "Your answers bring %(num)d more questions. Your feedback is not sent yet.",
            len(brought),
        )
    )
