"""The same form as a page, for people without script. It sets no cookie and may be framed."""

import secrets

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_limiter.errors import RateLimitExceeded
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.feedback import services
from consult.feedback.checks import MAX_COMMENT
from consult.feedback.errors import (
    FeedbackRefusedError,
    Message,
    TooManyError,
    UnknownServiceError,
)
from consult.feedback.ratings import RATINGS
from consult.feedback.services import Submission
from consult.feedback.views.intake import feedback_limit, read_form, thanks_url
from consult.i18n import bilingual_route, current_lang
from consult.organizations import queries as organizations
from consult.security import allow_framing, csrf

bp = Blueprint("feedback", __name__, template_folder="../templates")

#: What the form holds; a POST keeps these to show again when something has to be mended.
FIELDS = ("rating", "comment", "page", "idempotency_key")


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
    return _form({"": TooManyError.message}), TooManyError.status


@bilingual_route(bp, "/services/<key>/avis", "/services/<key>/feedback", methods=["GET", "POST"])
@csrf.exempt  # nobody is signed in here and no cookie is read: the idempotency key is what counts
@feedback_limit
def give(key: str) -> str | Response | tuple[str, int]:
    """Shows the form, or takes what was written in it and leads to the thanks."""
    if request.method == "GET":
        return _form()
    try:
        services.record(g.service, _submission(), utc_now())
    except FeedbackRefusedError as error:
        db.session.rollback()
        return _form(error.fields), error.status
    db.session.commit()
    return redirect(url_for("feedback.thanks", key=key), code=303)


@bilingual_route(bp, "/services/<key>/avis/merci", "/services/<key>/feedback/thanks")
def thanks(key: str) -> str:
    return render_template(
        "feedback/thanks.html", service=g.service, you_said_url=thanks_url(current_lang())
    )


def _submission() -> Submission:
    fields = read_form()
    return Submission(
        rating=fields["rating"],
        comment=fields.get("comment"),
        page=fields.get("page"),
        idempotency_key=fields.get("idempotency_key"),
        lang=current_lang(),
        channel="page",
    )


def _form(errors: dict[str, Message] | None = None) -> str:
    typed = {name: request.form.get(name, "") for name in FIELDS}
    typed["page"] = typed["page"] or request.args.get("page", "")
    if not typed["idempotency_key"] or "idempotency_key" in (errors or {}):
        typed["idempotency_key"] = secrets.token_urlsafe(24)
    return render_template(
        "feedback/give.html",
        service=g.service,
        typed=typed,
        errors=errors or {},
        ratings=RATINGS,
        max_comment=MAX_COMMENT,
    )
