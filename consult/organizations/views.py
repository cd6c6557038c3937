"""Signing in and out."""

import hashlib
import re

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.extensions import login_manager
from consult.i18n import bilingual_route
from consult.organizations import queries, services
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import SignInFailedError
from consult.organizations.forms import SignInForm
from consult.organizations.models import Account
from consult.organizations.permissions import allowed_somewhere, can_read_reports
from consult.security import limiter

#: A path in one of the languages. Browsers drop control characters and turn backslashes around.
_PAGE = re.compile(r"/(?:fr|en)/[^\\\x00-\x1f]*")

bp = Blueprint("organizations", __name__, template_folder="templates")


@login_manager.user_loader
def load_account(public_id: str) -> Account | None:
    """Who is signed in; nobody on the page that says that the database does not answer."""
    if "database_away" in g:
        return None
    return queries.account_by_public_id(public_id)


def _account_key() -> str:
    """Attempts are counted per account, so that a shared connection is never refused."""
    email = request.form.get("email", "").strip().lower()
    return "sign-in:" + hashlib.sha256(email.encode()).hexdigest()


def _limit() -> str:
    return f"{current_app.config['SETTINGS'].sign_in_per_minute} per minute"


def _local_path(target: str, account: Account) -> str:
    """``target`` when it is the path of a page of this site, else the home of ``account``."""
    return target if _PAGE.fullmatch(target) else _home(account)


def _home(account: Account) -> str:
    """Where somebody's work begins: an agent only enters answers."""
    reads = allowed_somewhere(can_read_reports, account)
    return url_for("workspace.today" if reads else "surveys.entries")


@bilingual_route(bp, "/connexion", "/sign-in", methods=["GET", "POST"])
@limiter.limit(_limit, key_func=_account_key, methods=["POST"])
def sign_in() -> str | Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("organizations/sign_in.html", form=form), status
    try:
        account = services.authenticate(form.email.data or "", form.password.data or "")
    except SignInFailedError as error:
        form.email.errors = [error.message]
        return render_template("organizations/sign_in.html", form=form), error.status
    record_act(account, None, Action.SIGNED_IN, account.email, utc_now())
    db.session.commit()
    session.clear()
    login_user(account)
    session.pop("_id", None)  # a mark made of the device's address, of no use to us
    return redirect(_local_path(request.args.get("next", ""), account))


@bilingual_route(bp, "/deconnexion", "/sign-out", methods=["POST"])
def sign_out() -> Response:
    if current_user.is_authenticated:
        record_act(current_user, None, Action.SIGNED_OUT, current_user.email, utc_now())
        db.session.commit()
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("publishing.home"))


@login_manager.unauthorized_handler
def ask_to_sign_in() -> Response:
    """Leads to the sign-in page and back again afterwards."""
    flash(_("Sign in to see this page."))
    return redirect(url_for("organizations.sign_in", next=request.path))


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
