"""Where the administrators of a public body declare the strategy's other seven targets."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import (
    can_declare_indicators,
    can_read_reports,
    require,
    require_somewhere,
)
from consult.organizations.queries import organizations_of
from consult.quebec_time import quebec_day
from consult.targets.forms import DeclarationForm, values_of
from consult.targets.indicators import BY_NUMBER, INDICATORS, Indicator
from consult.targets.queries.declared import declarations, latest
from consult.targets.services.declaring import declare
from consult.targets.views.blueprint import body_or_404, bp


def _actor() -> Account:
    account: Account = current_user._get_current_object()
    return account


def _readable_body(slug: str) -> Organization:
    body = body_or_404(slug) or abort(404)
    require(can_read_reports, _actor(), body)
    return body


@bilingual_route(bp, "/equipe/cibles", "/staff/targets")
@login_required
def staff_bodies() -> str:
    """The public bodies whose targets the person follows."""
    require_somewhere(can_read_reports, _actor())
    return render_template("targets/staff_bodies.html", bodies=organizations_of(_actor()))


@bilingual_route(bp, "/equipe/cibles/<slug>", "/staff/targets/<slug>")
@login_required
def indicators(slug: str) -> str:
    """The seven declared targets of a public body, and a link to declare each."""
    body = _readable_body(slug)
    return render_template(
        "targets/indicators.html",
        body=body,
        indicators=INDICATORS,
        stands=latest(body),
        may_declare=can_declare_indicators(_actor(), body),
    )


@bilingual_route(
    bp,
    "/equipe/cibles/<slug>/<int:number>",
    "/staff/targets/<slug>/<int:number>",
    methods=["GET", "POST"],
)
@login_required
def declaration(slug: str, number: int) -> str | Response | tuple[str, int]:
    """Declares an indicator; what was declared before stays in its history."""
    body = _readable_body(slug)
    indicator = BY_NUMBER.get(number) or abort(404)
    require(can_declare_indicators, _actor(), body)
    now = utc_now()
    before = declarations(body, indicator.code)
    form = DeclarationForm(data=values_of(before[0] if before else None, indicator))
    form.suit(indicator, quebec_day(now))
    if not form.validate_on_submit():
        return _form_page(body, indicator, form)
    declare(_actor(), body, indicator, form.declared(), now)
    db.session.commit()
    flash(_("The indicator is declared. Everyone can read it."))
    return redirect(url_for(".indicators", slug=slug), code=303)


def _form_page(body: Organization, indicator: Indicator, form: DeclarationForm) -> tuple[str, int]:
    page = render_template(
        "targets/declaration.html",
        body=body,
        indicator=indicator,
        form=form,
        before=declarations(body, indicator.code),
    )
    return page, 422 if form.errors else 200
