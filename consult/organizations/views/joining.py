"""Accepting an invitation: with a new account, or with the one that the address has."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations import queries
from consult.organizations.accounts.invitations import invitation_of, join_with_password
from consult.organizations.accounts.invitations import join as accept
from consult.organizations.accounts.models import SignInMethod, StaffInvitation
from consult.organizations.errors import PasswordRefusedError
from consult.organizations.forms.sign_in import JoinForm
from consult.organizations.role_words import ROLE_HINTS, ROLE_LABELS
from consult.organizations.views.blueprints import actor, bp
from consult.organizations.views.letting_in import let_in, local_path

Page = str | Response | tuple[str, int]


@bilingual_route(
    bp, "/connexion/invitation/<token>", "/sign-in/invitation/<token>", methods=["GET", "POST"]
)
def join(token: str) -> Page:
    """Shows who invites to what; then a name and a password, or a button, accept it."""
    invitation = invitation_of(token, utc_now())
    if queries.account_by_email(invitation.email):
        return _join_with_account(invitation)
    form = JoinForm()
    if form.validate_on_submit():
        name, password = (form.name.data or "").strip(), form.password.data or ""
        try:
            account = join_with_password(invitation, name, password, utc_now())
        except PasswordRefusedError as error:
            form.password.errors = [error.message]
        else:
            return let_in(account, SignInMethod.PASSWORD, "", utc_now())
    page = _render(invitation, form)
    return (page, 422) if form.errors else page


def _join_with_account(invitation: StaffInvitation) -> Page:
    """The address has an account: its owner signs in first."""
    is_owner = current_user.is_authenticated and current_user.email == invitation.email
    if request.method != "POST" or not is_owner:
        return _render(invitation, None, is_owner=is_owner)
    body = invitation.organization
    accept(actor(), invitation, utc_now())
    db.session.commit()
    flash(_("You now work for %(body)s.", body=body.name.in_language(invitation.lang)))
    return redirect(local_path("", actor()), code=303)


def _render(invitation: StaffInvitation, form: JoinForm | None, *, is_owner: bool = False) -> str:
    return render_template(
        "organizations/join.html",
        invitation=invitation,
        form=form,
        is_owner=is_owner,
        role=ROLE_LABELS[invitation.role],
        hint=ROLE_HINTS[invitation.role],
    )
