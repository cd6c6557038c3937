"""Signing in, in one step or two, and out."""

import hashlib
from datetime import datetime, timedelta

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from limits import parse as parse_limit
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations import queries, services
from consult.organizations.accounts.models import SignInMethod
from consult.organizations.accounts.second_factor import check_factor
from consult.organizations.accounts.sessions import sign_out as end_own_session
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import CodeRefusedError, SignInFailedError
from consult.organizations.forms.sign_in import CodeForm, SignInForm
from consult.organizations.models import Account
from consult.organizations.views.blueprints import bp
from consult.organizations.views.letting_in import let_in
from consult.security import limiter

Page = str | Response | tuple[str, int]

#: Who gave the right password, and has to give a code: in the signed cookie, for this long.
_HALF = "half"
_HALF_LASTS = timedelta(minutes=10)


#: Nobody fills the audit trail by making addresses up.
_UNKNOWN = parse_limit("60 per minute")


def typed_address_key() -> str:
    """Attempts are counted per account, so that a shared connection is never refused."""
    email = request.form.get("email", "").strip().lower()
    return "sign-in:" + hashlib.sha256(email.encode(errors="replace")).hexdigest()


def _code_key() -> str:
    """Whose codes are tried: who is half in, or in."""
    if current_user.is_authenticated:
        return f"code:{current_user.get_id()}"
    return f"code:{session.get(_HALF, ['nobody'])[0]}"


def sign_in_limit() -> str:
    return f"{current_app.config['SETTINGS'].sign_in_per_minute} per minute"


def _code_limit() -> str:
    """A million codes, three of them right: a day's guesses are few."""
    return f"{sign_in_limit()};200 per day"


#: Codes are counted together, wherever they are asked.
code_attempts = limiter.shared_limit(
    _code_limit, scope="code", key_func=_code_key, methods=["POST"]
)


@bilingual_route(bp, "/connexion", "/sign-in", methods=["GET", "POST"])
@limiter.limit(sign_in_limit, key_func=typed_address_key, methods=["POST"])
def sign_in() -> Page:
    form = SignInForm()
    if not form.validate_on_submit():
        return _render(form), 422 if form.is_submitted() else 200
    now, email = utc_now(), form.email.data or ""
    try:
        account = services.authenticate(email, form.password.data or "")
    except SignInFailedError as error:
        _record_failure(email, now)
        form.email.errors = [error.message]
        return _render(form), error.status
    target = request.args.get("next", "")
    if account.second_factor_at is None:
        return let_in(account, SignInMethod.PASSWORD, target, now)
    session.clear()
    session[_HALF] = [account.get_id(), (now + _HALF_LASTS).timestamp()]
    return redirect(url_for(".code", next=target or None))


@bilingual_route(bp, "/connexion/code", "/sign-in/code", methods=["GET", "POST"])
@code_attempts
def code() -> Page:
    """The second step, for who gave the right password a moment ago."""
    account, form, now = _half_in(), CodeForm(), utc_now()
    target = request.args.get("next", "")
    if account is None:
        flash(_("Enter your address and your password again."))
        return redirect(url_for(".sign_in", next=target or None))
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("organizations/code.html", form=form), status
    try:
        check_factor(account, form.code.data or "", _secret_key(), now)
    except CodeRefusedError as error:
        record_act(account, None, Action.CODE_REFUSED, account.email, now)
        db.session.commit()
        form.code.errors = [error.message]
        return render_template("organizations/code.html", form=form), error.status
    return let_in(account, SignInMethod.PASSWORD, target, now)


def _record_failure(email: str, now: datetime) -> None:
    """Puts a failure into the audit trail; those of addresses nobody has, so many a minute.

    Such an address is not kept: it may be a password, typed in the wrong place.
    """
    known = queries.account_by_email(email)
    if known or limiter.count(_UNKNOWN, "sign-in of an unknown address"):
        record_act(known, None, Action.SIGN_IN_FAILED, known.email if known else "—", now)
    db.session.commit()


def _half_in() -> Account | None:
    public_id, until = session.get(_HALF, ["", 0])
    if until < utc_now().timestamp():
        return None
    return queries.account_by_public_id(public_id)


def _secret_key() -> str:
    return str(current_app.config["SETTINGS"].secret_key)


def _render(form: SignInForm) -> str:
    settings = current_app.config["SETTINGS"]
    provider = settings.oidc_label if settings.oidc_issuer else ""
    return render_template("organizations/sign_in.html", form=form, provider=provider)


@bilingual_route(bp, "/deconnexion", "/sign-out", methods=["POST"])
def sign_out() -> Response:
    if current_user.is_authenticated:
        end_own_session(g.account_session, utc_now())
        db.session.commit()
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("publishing.home"))
