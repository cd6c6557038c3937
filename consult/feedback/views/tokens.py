"""Staff page of a service's tokens: made, shown once, listed, revoked; by administrators only."""

import uuid

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from consult.db import db, utc_now
from consult.feedback.checks import FieldError, check_name
from consult.feedback.queries.tokens import token_of, tokens_of
from consult.feedback.services.tokens import create_token, revoke_token
from consult.feedback.views.blueprint import bp, service_for
from consult.i18n import bilingual_route
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_services

MAX_NAME = 120


class TokenForm(FlaskForm):
    """What a token is for."""

    name = StringField(
        _l("What is this token for?"),
        description=_l("For example the name of the server or of the tool that will use it."),
        validators=[
            DataRequired(_l("Say what the token is for.")),
            Length(max=MAX_NAME, message=_l("Shorten the name to 120 characters.")),
        ],
        render_kw={"autocomplete": "off"},
    )

    def validate_name(self, field: StringField) -> None:
        try:
            field.data = check_name(field.data)
        except FieldError as error:
            raise ValidationError(error.message) from error


@bilingual_route(
    bp,
    "/equipe/services/<slug>/jetons",
    "/staff/services/<slug>/tokens",
    methods=["GET", "POST"],
)
@login_required
def tokens(slug: str) -> str | tuple[str, int]:
    """The tokens of a service; a new one is shown in answer to the form, and never again."""
    service = service_for(slug, can_manage_services)
    form = TokenForm()
    if not form.validate_on_submit():
        return _page(service, form), 422 if form.errors else 200
    _token, secret = create_token(current_user, service, form.name.data or "", utc_now())
    db.session.commit()
    return _page(service, TokenForm(formdata=None), secret)


@bilingual_route(
    bp,
    "/equipe/services/<slug>/jetons/<uuid:public_id>/revoquer",
    "/staff/services/<slug>/tokens/<uuid:public_id>/revoke",
    methods=["POST"],
)
@login_required
def revoke(slug: str, public_id: uuid.UUID) -> Response:
    """Stops a token at once; servers that use it are answered 401."""
    service = service_for(slug, can_manage_services)
    token = token_of(service, public_id)
    if token is None:
        abort(404)
    revoke_token(current_user, token, utc_now())
    db.session.commit()
    flash(_("The token “%(name)s” is revoked.", name=token.name))
    return redirect(url_for(".tokens", slug=slug), code=303)


def _page(service: Service, form: TokenForm, secret: str | None = None) -> str:
    return render_template(
        "feedback/tokens.html",
        service=service,
        form=form,
        secret=secret,
        tokens=tokens_of(service),
        base_url=current_app.config["SETTINGS"].base_url,
    )
