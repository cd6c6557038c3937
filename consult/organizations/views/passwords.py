"""A forgotten password: a letter, then another password."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from limits import parse as parse_limit
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.jobs import queue
from consult.jobs.services import submit
from consult.mail import can_send, is_address
from consult.organizations.accounts import passwords
from consult.organizations.errors import PasswordRefusedError
from consult.organizations.forms.sign_in import ForgottenForm, NewPasswordForm
from consult.organizations.jobs import RESET_LETTER, reset_arguments
from consult.organizations.views.blueprints import bp, settings
from consult.organizations.views.sign_in import sign_in_limit, typed_address_key
from consult.security import limiter

Page = str | Response | tuple[str, int]

#: Letters asked for on the whole site, whoever they are to.
_LETTERS = parse_limit("30 per minute")


@bilingual_route(bp, "/connexion/oubli", "/sign-in/forgotten", methods=["GET", "POST"])
@limiter.limit(sign_in_limit, key_func=typed_address_key, methods=["POST"])
def forgotten() -> Page:
    """Sends a letter to the account of an address; the answer never tells whether there is one."""
    form = ForgottenForm()
    if not can_send(settings()):
        return render_template("organizations/forgotten.html", form=None)
    if not form.validate_on_submit():
        page = render_template("organizations/forgotten.html", form=form)
        return (page, 422) if form.errors else page
    email = (form.email.data or "").strip()
    if is_address(email):
        if not limiter.count(_LETTERS, "forgotten passwords"):
            abort(429)
        # A worker looks whether there is an account: this answer takes as long without one.
        arguments = reset_arguments(email, current_lang(), settings().secret_key)
        job = submit(RESET_LETTER, arguments)
        db.session.commit()
        queue.announce(job)
    return redirect(url_for(".letter_sent"), code=303)


@bilingual_route(bp, "/connexion/oubli/lettre", "/sign-in/forgotten/letter")
def letter_sent() -> str:
    """What is said to everyone who asked for a letter."""
    return render_template("organizations/letter_sent.html")


@bilingual_route(
    bp,
    "/connexion/nouveau-mot-de-passe/<token>",
    "/sign-in/new-password/<token>",
    methods=["GET", "POST"],
)
def new_password(token: str) -> Page:
    """Another password, by who has the letter; it is good once."""
    account = passwords.account_of_reset(token, utc_now())
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            passwords.reset_password(token, form.password.data or "", utc_now())
        except PasswordRefusedError as error:
            form.password.errors = [error.message]
        else:
            db.session.commit()
            flash(_("Your password is changed. Sign in with it."))
            return redirect(url_for(".sign_in"), code=303)
    page = render_template("organizations/new_password.html", form=form, account=account)
    return (page, 422) if form.errors else page
