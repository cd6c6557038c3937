"""Improvements: the list, making one from a theme, saying what becomes of it."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import force_locale, format_decimal, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.analysis.improvements.changing import Draft, change_improvement, make_improvement
from consult.analysis.improvements.errors import ImprovementIncompleteError
from consult.analysis.improvements.forms import ImprovementForm, values_of
from consult.analysis.improvements.models import Improvement
from consult.analysis.improvements.reads import improvement_by_public_id, improvements_of
from consult.analysis.improvements.words import STATE_LABELS
from consult.analysis.models import Theme
from consult.analysis.views.blueprint import actor, bp
from consult.analysis.views.reports import readable_theme
from consult.catalogues import LOCALES
from consult.db import Localized, db, utc_now
from consult.i18n import bilingual_route, format_date
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import (
    can_manage_improvements,
    can_read_reports,
    require,
    require_somewhere,
)
from consult.organizations.queries import colleagues

Page = str | Response | tuple[str, int]


@bilingual_route(bp, "/ameliorations", "/improvements")
@login_required
def improvements() -> str:
    """All improvements of the person's public bodies; a link to each they may change."""
    require_somewhere(can_read_reports, actor())
    found = improvements_of(actor())
    return render_template(
        "analysis/improvements.html",
        improvements=found,
        state_labels=STATE_LABELS,
        may_change={item.id: can_manage_improvements(actor(), item.organization) for item in found},
    )


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/themes/<int:number>/amelioration",
    "/analyses/<uuid:public_id>/themes/<int:number>/improvement",
    methods=["GET", "POST"],
)
@login_required
def new_improvement(public_id: uuid.UUID, number: int) -> Page:
    """A form that is already filled from the theme."""
    theme = readable_theme(public_id, number)
    organization = theme.analysis.organization
    require(can_manage_improvements, actor(), organization)
    form = ImprovementForm(_people(organization), data=values_of(_first_draft(theme)))
    if form.validate_on_submit():
        try:
            made = make_improvement(actor(), theme, form.draft(), utc_now())
        except ImprovementIncompleteError as error:
            form.explain(error)
        else:
            return _saved(made)
    return _form_page(form, theme=theme)


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>",
    "/improvements/<uuid:public_id>",
    methods=["GET", "POST"],
)
@login_required
def improvement(public_id: uuid.UUID) -> Page:
    """One improvement, to change."""
    shown: Improvement = improvement_by_public_id(public_id) or abort(404)
    require(can_manage_improvements, actor(), shown.organization)
    form = ImprovementForm(_people(shown.organization, shown.owner), data=values_of(shown))
    if form.validate_on_submit():
        try:
            change_improvement(actor(), shown, form.draft(), utc_now())
        except ImprovementIncompleteError as error:
            form.explain(error)
        else:
            return _saved(shown)
    return _form_page(form, improvement=shown)


def _saved(improvement: Improvement) -> Response:
    """Commits, says whether everyone can read it, and leads back to the list."""
    db.session.commit()
    if improvement.is_public:
        said = _("The improvement is saved. Everyone can read it under “You said, we did”.")
    else:
        said = _(
            "The improvement is saved. It will be public under “You said, we did” once it is done"
            " or declined."
        )
    flash(said)
    return redirect(url_for(".improvements"), code=303)


def _form_page(form: ImprovementForm, **shown: Improvement | Theme) -> tuple[str, int]:
    page = render_template("analysis/improvement.html", form=form, **shown)
    return page, 422 if form.errors else 200


def _people(organization: Organization, *others: Account) -> list[Account]:
    """Who may own an improvement: colleagues who may manage it, the actor, and ``others``."""
    able = [p for p in colleagues(organization) if can_manage_improvements(p, organization)]
    return sorted({*able, actor(), *others}, key=lambda person: person.name)


def _first_draft(theme: Theme) -> Draft:
    return Draft(
        title=theme.label,
        said=Localized(*(_what_was_said(theme, lang) for lang in ("fr", "en"))),
        owner=actor(),
    )


def _what_was_said(theme: Theme, lang: str) -> str:
    """A first wording of "You said" in one language: how many, when, of what."""
    analysis = theme.analysis
    period = (analysis.period_from, analysis.period_to)
    with force_locale(LOCALES[lang]):
        days = [format_date(moment) for moment in period if moment]
        text: str = ngettext(
            "%(count)s comment received between %(start)s and %(end)s was about “%(label)s”.",
            "%(count)s comments received between %(start)s and %(end)s were about “%(label)s”.",
            theme.comments,
            count=format_decimal(theme.comments),
            start=days[0],
            end=days[-1],
            label=theme.label.in_language(lang),
        )
    return text
