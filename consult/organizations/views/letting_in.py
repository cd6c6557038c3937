"""Who is signed in, from a cookie to an account, and letting somebody in."""

import re
from datetime import datetime, timedelta

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from consult.db import SAFE_METHODS, db, utc_now
from consult.extensions import login_manager
from consult.organizations.accounts.devices import device_words
from consult.organizations.accounts.models import AccountSession, SignInMethod
from consult.organizations.accounts.second_factor import is_asked_to_have_one
from consult.organizations.accounts.sessions import note_seen, session_of, start_session
from consult.organizations.models import Account
from consult.organizations.permissions import (
    allowed_somewhere,
    can_enter_answers,
    can_read_reports,
)

#: A path in one of the languages. Browsers drop control characters and turn backslashes around.
_PAGE = re.compile(r"/(?:fr|en)/[^\\\x00-\x1f]*")

#: The blueprints that somebody reaches who has yet to set up the second factor asked of them.
_BEFORE_SECOND_FACTOR = frozenset({"organizations", "account", "assets"})


@login_manager.user_loader
def load_account(token: str) -> Account | None:
    """Whose session it is; nobody on the page that says that the database does not answer."""
    if "database_away" in g:
        return None
    found = session_of(token, utc_now())
    if found is None:
        return None
    g.account_session = found
    if request.method not in SAFE_METHODS:
        note_seen(found, utc_now())
    return found.account


def own_session() -> AccountSession:
    """The session of the page being made; only for views that require to be signed in."""
    found: AccountSession = g.account_session
    return found


def let_in(account: Account, method: SignInMethod, target: str, now: datetime) -> Response:
    """Signs an account in on this browser, commits, and leads to the page it wanted."""
    settings = current_app.config["SETTINGS"]
    device = device_words(request.user_agent.string)
    lasts = timedelta(hours=settings.session_hours)
    token = start_session(account, method, device, now, lasts)
    db.session.commit()
    session.clear()
    login_user(account)
    session["_user_id"] = token
    session.pop("_id", None)  # a mark made of the device's address, of no use to us
    return redirect(local_path(target, account))


def local_path(target: str, account: Account) -> str:
    """``target`` when it is the path of a page of this site, else the home of ``account``."""
    return target if _PAGE.fullmatch(target) else _home(account)


def _home(account: Account) -> str:
    """Where somebody's work begins: an agent only enters answers."""
    if allowed_somewhere(can_read_reports, account):
        return url_for("workspace.today")
    enters = allowed_somewhere(can_enter_answers, account)
    return url_for("surveys.entries" if enters else "account.show")


@login_manager.unauthorized_handler
def ask_to_sign_in() -> Response:
    """Leads to the sign-in page and back again afterwards."""
    flash(_("Sign in to see this page."))
    return redirect(url_for("organizations.sign_in", next=request.path))


def _ask_for_second_factor() -> Response | None:
    """Whoever has to have a second factor sets it up before anything else."""
    if "_user_id" not in session or request.blueprint in {None, *_BEFORE_SECOND_FACTOR}:
        return None
    if not current_user.is_authenticated or own_session().method is SignInMethod.SINGLE_SIGN_ON:
        return None
    everywhere = current_app.config["SETTINGS"].second_factor
    if not is_asked_to_have_one(current_user, everywhere=everywhere):
        return None
    flash(_("Your public body asks for a second step when signing in. Set it up to continue."))
    return redirect(url_for("account.second_factor"))


def reads_somewhere() -> bool:
    """True when who is signed in reads reports of a public body: an agent does not."""
    return current_user.is_authenticated and allowed_somewhere(can_read_reports, current_user)


def init_app(app: Flask) -> None:
    app.add_template_global(reads_somewhere)
    app.before_request(_ask_for_second_factor)
