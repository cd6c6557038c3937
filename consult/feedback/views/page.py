"""The same form as a page, for people without script. It sets no cookie and may be framed."""

import secrets
from typing import cast

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_limiter.errors import RateLimitExceeded
from werkzeug.wrappers import Response

from consult.db import SAFE_METHODS, db, utc_now
from consult.feedback import services
from consult.feedback.errors import (
    FeedbackRefusedError,
    Message,
    TooManyError,
    UnknownServiceError,
)
from consult.feedback.forms import RATINGS, FeedbackForm
from consult.feedback.question_sets import DEFAULT
from consult.feedback.services import Submission
from consult.feedback.views.intake import feedback_limit, read_form, thanks_url
from consult.i18n import bilingual_route, current_lang
from consult.organizations import queries as organizations
from consult.security import allow_framing, csrf

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
    return _page({"": TooManyError.message}), TooManyError.status


@bilingual_route(bp, "/services/<key>/avis", "/services/<key>/feedback", methods=["GET", "POST"])
@csrf.exempt  # see FeedbackForm
@feedback_limit
def give(key: str) -> str | Response | tuple[str, int]:
    """Shows the form, or takes what was written in it and leads to the thanks."""
    if request.method in SAFE_METHODS:
        return _page({})
    try:
        recorded = services.record(g.service, _submission(), utc_now())
    except FeedbackRefusedError as error:
        db.session.rollback()
        return _page(error.fields), error.status
    masked = 1 if recorded.is_masked else None
    db.session.commit()
    return redirect(url_for("feedback.thanks", key=key, masked=masked), code=303)


@bilingual_route(bp, "/services/<key>/avis/merci", "/services/<key>/feedback/thanks")
def thanks(key: str) -> str:
    return render_template(
        "feedback/thanks.html",
        service=g.service,
        you_said_url=thanks_url(current_lang()),
        masked="masked" in request.args,
    )


def _submission() -> Submission:
    fields = read_form()
    return Submission(
        answers=cast(dict[str, object], fields["answers"]),
        question_set=DEFAULT,
        page=fields.get("page"),
        idempotency_key=fields.get("idempotency_key"),
        contact=fields.get("contact"),
        lang=current_lang(),
        channel="page",
    )


def _page(refused: dict[str, Message]) -> str:
    """The page with its form: new, or as it was typed, with what has to be fixed."""
    form = FeedbackForm()
    form.show_refusal(refused)
    if request.method in SAFE_METHODS:
        form.page.data = request.args.get("page", "")
    if not form.idempotency_key.data or "idempotency_key" in refused:
        form.idempotency_key.data = secrets.token_urlsafe(24)
    return render_template(
        "feedback/give.html", service=g.service, form=form, ends=(RATINGS["1"], RATINGS["5"])
    )
