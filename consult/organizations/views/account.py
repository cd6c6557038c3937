"""One's own account: its roles, its password, where it is signed in."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.accounts import passwords, second_factor, sessions
from consult.organizations.accounts.sessions import sessions_of
from consult.organizations.errors import PasswordRefusedError, SignInFailedError
from consult.organizations.forms.sign_in import ChangePasswordForm
from consult.organizations.permissions import bodies_where, can_manage_people
from consult.organizations.role_words import ROLE_LABELS
from consult.organizations.views.blueprints import account_bp as bp
from consult.organizations.views.blueprints import actor, settings
from consult.organizations.views.letting_in import own_session
from consult.security import limiter

Page = str | Response | tuple[str, int]


def own_key() -> str:
    """Attempts are counted per account."""
    return f"own:{own_session().account_id}"


def own_limit() -> str:
    return f"{settings().sign_in_per_minute} per minute"


@bilingual_route(bp, "/equipe/compte", "/staff/account")
@login_required
def show() -> str:
    """Who one is here, and where one is signed in."""
    return render_template(
        "organizations/account.html",
        account=actor(),
        sessions=sessions_of(actor(), utc_now()),
        here=own_session(),
        role_labels=ROLE_LABELS,
        bodies=bodies_where(can_manage_people, actor()),
        codes_left=second_factor.recovery_codes_left(actor()) if actor().second_factor_at else 0,
    )


@bilingual_route(
    bp, "/equipe/compte/mot-de-passe", "/staff/account/password", methods=["GET", "POST"]
)
@login_required
@limiter.limit(own_limit, key_func=own_key, methods=["POST"])
def password() -> Page:
    """Another password, by who knows the present one; all other browsers are signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        current, chosen = form.current.data or "", form.password.data or ""
        try:
            passwords.change_password(actor(), current, chosen, own_session(), utc_now())
        except SignInFailedError:
            form.current.errors = [_("This is not your current password. Check it and try again.")]
        except PasswordRefusedError as error:
            form.password.errors = [error.message]
        else:
            db.session.commit()
            flash(_("Your password is changed. Your other sessions are ended."))
            return redirect(url_for(".show"), code=303)
    page = render_template("organizations/password.html", form=form)
    return (page, 422) if form.errors else page


@bilingual_route(
    bp,
    "/equipe/compte/sessions/<uuid:public_id>/fin",
    "/staff/account/sessions/<uuid:public_id>/end",
    methods=["POST"],
)
@login_required
def end_session(public_id: uuid.UUID) -> Response:
    """Ends one of one's own sessions."""
    found = sessions.account_session(actor(), public_id) or abort(404)
    sessions.end_session(actor(), found, utc_now())
    db.session.commit()
    flash(_("The session is ended."))
    return redirect(url_for(".show", _anchor="sessions"), code=303)


@bilingual_route(bp, "/equipe/compte/sessions/fin", "/staff/account/sessions/end", methods=["POST"])
@login_required
def end_others() -> Response:
    """Ends all of one's sessions but this one."""
    count = sessions.end_sessions(actor(), actor(), utc_now(), but=own_session())
    db.session.commit()
    done = ngettext("%(num)d session is ended.", "%(num)d sessions are ended.", count)
    flash(done if count else _("There was no other session."))
    return redirect(url_for(".show", _anchor="sessions"), code=303)
