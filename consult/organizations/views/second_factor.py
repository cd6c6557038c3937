"""One's own second factor: setting it up, its recovery codes, removing it."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.accounts import second_factor as factors
from consult.organizations.accounts.second_factor import Offer
from consult.organizations.accounts.sessions import end_sessions
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import CodeRefusedError
from consult.organizations.forms.sign_in import CodeForm, PasswordForm
from consult.organizations.services import is_password_of
from consult.organizations.views.account import own_key, own_limit
from consult.organizations.views.blueprints import SITE, actor, settings
from consult.organizations.views.blueprints import account_bp as bp
from consult.organizations.views.letting_in import own_session
from consult.organizations.views.sign_in import code_attempts
from consult.qr_codes import qr_image
from consult.security import limiter

Page = str | Response | tuple[str, int]

#: Who gave their password before a first factor: in the signed cookie, for this long.
_KNOWN = "known"
_KNOWN_LASTS = timedelta(minutes=10)

_TEMPLATE = "organizations/second_factor.html"


@bilingual_route(
    bp, "/equipe/compte/deuxieme-etape", "/staff/account/second-step", methods=["GET", "POST"]
)
@login_required
@limiter.limit(own_limit, key_func=own_key, methods=["POST"])
def second_factor() -> Page:
    """The state of one's second factor; a code puts the one that is offered in force."""
    known = _gave_password()
    offer = factors.offer_of(actor(), settings().secret_key, SITE) if known else None
    form = CodeForm()
    if request.method == "POST" and "start" in request.form:
        asked = PasswordForm()
        if not known and not _takes_password(asked):
            return _render(asked, None), 422
        factors.offer_factor(actor(), settings().secret_key)
        db.session.commit()
        return redirect(url_for(".second_factor"), code=303)
    if not known:
        return _render(PasswordForm(formdata=None), None)
    if offer is None or not form.validate_on_submit():
        return _render(form, offer), 422 if form.errors else 200
    try:
        codes = factors.confirm_factor(
            actor(), form.code.data or "", settings().secret_key, utc_now()
        )
    except CodeRefusedError as error:
        form.code.errors = [error.message]
        return _render(form, offer), error.status
    end_sessions(actor(), actor(), utc_now(), but=own_session())
    db.session.commit()
    return render_template("organizations/recovery_codes.html", codes=codes, is_new=True)


@bilingual_route(
    bp,
    "/equipe/compte/deuxieme-etape/codes",
    "/staff/account/second-step/codes",
    methods=["GET", "POST"],
)
@login_required
@code_attempts
def recovery_codes() -> Page:
    """Ten other recovery codes, against a code of the application."""
    return _with_code(
        _("New recovery codes"),
        _("The codes you have now will be of no use any more."),
        _("Make new codes"),
        _renew,
    )


@bilingual_route(
    bp,
    "/equipe/compte/deuxieme-etape/retrait",
    "/staff/account/second-step/removal",
    methods=["GET", "POST"],
)
@login_required
@code_attempts
def remove_second_factor() -> Page:
    """Takes one's second factor away, against a code of the application."""
    return _with_code(
        _("Remove the second step"),
        _("Your password alone will then open your account."),
        _("Remove the second step"),
        _remove,
    )


def _gave_password() -> bool:
    """True for a while after the password was given, and of who has none."""
    return not actor().password_hash or session.get(_KNOWN, 0) > utc_now().timestamp()


def _takes_password(form: PasswordForm) -> bool:
    """Whoever finds a browser open does not set up a second step that shuts its owner out."""
    if not form.validate_on_submit():
        return False
    if not is_password_of(actor(), form.password.data or ""):
        form.password.errors = [_("This is not your current password. Check it and try again.")]
        record_act(actor(), None, Action.SIGN_IN_FAILED, actor().email, utc_now())
        db.session.commit()
        return False
    session[_KNOWN] = (utc_now() + _KNOWN_LASTS).timestamp()
    return True


def _with_code(title: str, words: str, button: str, act: Callable[[], Page]) -> Page:
    """A page that asks for a code before ``act``, which answers."""
    if actor().second_factor_at is None:
        return redirect(url_for(".second_factor"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            factors.check_factor(actor(), form.code.data or "", settings().secret_key, utc_now())
        except CodeRefusedError as error:
            record_act(actor(), None, Action.CODE_REFUSED, actor().email, utc_now())
            db.session.commit()
            form.code.errors = [error.message]
        else:
            return act()
    page = render_template(
        "organizations/confirm_with_code.html", form=form, title=title, words=words, button=button
    )
    return (page, 422) if form.errors else page


def _renew() -> Page:
    codes = factors.renew_recovery_codes(actor(), utc_now())
    db.session.commit()
    return render_template("organizations/recovery_codes.html", codes=codes, is_new=False)


def _remove() -> Page:
    factors.remove_factor(actor(), actor(), utc_now())
    db.session.commit()
    flash(_("The second step is removed."))
    return redirect(url_for(".show"), code=303)


def _render(form: CodeForm | PasswordForm, offer: Offer | None) -> str:
    image = qr_image(offer.address, _("Code to read with your application")) if offer else None
    return render_template(_TEMPLATE, form=form, offer=offer, image=image, account=actor())
