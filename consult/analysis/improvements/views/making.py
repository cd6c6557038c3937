"""Making an improvement: from a theme, an alert, an activity, or an idea of the team."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import force_locale, format_decimal, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.analysis.improvements.changing import Draft, Origin, make_improvement
from consult.analysis.improvements.errors import ImprovementIncompleteError
from consult.analysis.improvements.forms import IdeaForm, ImprovementForm, values_of
from consult.analysis.improvements.models import Improvement
from consult.analysis.improvements.reads import (
    alert_named,
    consultations_of_body,
    latest_activities,
)
from consult.analysis.models import Theme
from consult.analysis.report.efforts import efforts_of
from consult.analysis.views.blueprint import actor, bp
from consult.analysis.views.reports import readable_theme
from consult.catalogues import LANGUAGES, LOCALES
from consult.db import Localized, db, utc_now
from consult.errors import NotAllowedError
from consult.feedback.alert_words import alert_sentences, alert_title
from consult.feedback.models import Alert
from consult.i18n import bilingual_route, current_lang, format_date, localize
from consult.involvement.models import Activity
from consult.involvement.queries import activity_by_public_id
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_manage_improvements, require
from consult.organizations.queries import colleagues, organization_by_slug, organizations_of
from consult.surveys.models import Consultation

Page = str | Response | tuple[str, int]
_About = TypeVar("_About")


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
    effort = efforts_of(theme.analysis, [theme]).get(theme.number)
    draft = Draft(
        title=theme.label, said=_in_both(theme, _theme_words), owner=actor(), effort=effort
    )
    back = url_for(".report", public_id=public_id, _anchor=f"theme-{number}")
    return _make(Origin.of_theme(theme), draft, _("Make it an improvement"), back)


@bilingual_route(bp, "/ameliorations/nouvelle", "/improvements/new", methods=["GET", "POST"])
@login_required
def new_idea() -> Page:
    """A form for an idea of the team; the address may name an alert or an activity it is from.

    An alert is named by its ``service`` (slug), its kind (``alert``) and its ``key``; an activity
    by its public identifier. Who works for several public bodies first chooses one (``body``).
    """
    asked = request.args
    if "alert" in asked:
        alert = alert_named(asked.get("service", ""), asked["alert"], asked.get("key", ""))
        return _from_alert(alert or abort(404))
    if "activity" in asked:
        public_id = asked.get("activity", type=uuid.UUID)
        return _from_activity((public_id and activity_by_public_id(public_id)) or abort(404))
    bodies = [body for body in organizations_of(actor()) if can_manage_improvements(actor(), body)]
    if not bodies:
        raise NotAllowedError()
    body = organization_by_slug(asked.get("body", ""))
    if body is None and len(bodies) > 1:
        return render_template("analysis/improvements/choose_body.html", bodies=bodies)
    return _from_idea(body or bodies[0])


def _from_alert(alert: Alert) -> Page:
    said = _in_both(alert, lambda one: " ".join([f"{alert_title(one)}.", *alert_sentences(one)]))
    draft = Draft(title=_in_both(alert, alert_title), said=said, owner=actor())
    back = url_for("services.alerts", slug=alert.service.slug)
    return _make(Origin.of_alert(alert), draft, _("An improvement from an alert"), back)


def _from_activity(activity: Activity) -> Page:
    draft = Draft(title=activity.title, said=activity.learned, owner=actor())
    back = url_for("involvement.activity", public_id=activity.public_id)
    heading = _("An improvement from an involvement activity")
    return _make(Origin.of_activity(activity), draft, heading, back)


def _from_idea(body: Organization) -> Page:
    require(can_manage_improvements, actor(), body)
    services = {f"service:{one.slug}": one for one in body.services}
    consultations = {f"consultation:{one.slug}": one for one in consultations_of_body(body)}
    subjects = [
        ("", _("The public body as a whole")),
        *((value, _("Service: %(name)s", name=localize(s.name))) for value, s in services.items()),
        *(
            (value, _("Consultation: %(title)s", title=localize(c.title)))
            for value, c in consultations.items()
        ),
    ]
    values = values_of(Draft(title=Localized(), owner=actor()))
    asked = f"service:{request.args.get('service')}"
    values["about"] = asked if asked in services else ""
    form = IdeaForm(people_of(body), subjects, data=values)
    about = form.about.data or ""
    consultation: Consultation | None = consultations.get(about)
    origin = Origin(body, service=services.get(about), consultation=consultation)
    back = url_for(".improvements")
    return _answer(form, origin, _("A new improvement"), back, latest_activities(body))


def _make(origin: Origin, draft: Draft, heading: str, back: str) -> Page:
    require(can_manage_improvements, actor(), origin.organization)
    form = ImprovementForm(people_of(origin.organization), data=values_of(draft))
    return _answer(form, origin, heading, back)


def _answer(
    form: ImprovementForm,
    origin: Origin,
    heading: str,
    back: str,
    activities: Sequence[Activity] = (),
) -> Page:
    """The form; sent, the improvement. ``activities`` are others to begin from."""
    if form.validate_on_submit():
        try:
            made = make_improvement(actor(), origin, form.draft(), utc_now())
        except ImprovementIncompleteError as error:
            form.explain(error)
        else:
            return saved(made)
    page = render_template(
        "analysis/improvements/form.html",
        form=form,
        origin=origin,
        heading=heading,
        back=back,
        activities=activities,
    )
    return page, 422 if form.errors else 200


def saved(improvement: Improvement) -> Response:
    """Commits, says whether everyone can read it, and leads to its page."""
    db.session.commit()
    if improvement.is_public:
        said = _("The improvement is saved. Everyone can read it under “You said, we did”.")
    else:
        said = _(
            "The improvement is saved. It will be public under “You said, we did” once it is done"
            " or declined."
        )
    flash(said)
    return redirect(url_for(".improvement", public_id=improvement.public_id), code=303)


def people_of(organization: Organization, *others: Account) -> list[Account]:
    """Who may own an improvement: colleagues who may manage it, the actor, and ``others``."""
    able = [p for p in colleagues(organization) if can_manage_improvements(p, organization)]
    return sorted({*able, actor(), *others}, key=lambda person: person.name)


@contextmanager
def _speaking(lang: str) -> Iterator[None]:
    """Words and dates are in ``lang``, whatever the page's language."""
    before = current_lang()
    g.lang_code = lang
    try:
        with force_locale(LOCALES[lang]):
            yield
    finally:
        g.lang_code = before


def _in_both(about: _About, words: Callable[[_About], str]) -> Localized:
    """What ``words`` says of something, in both languages."""
    said = []
    for lang in LANGUAGES:
        with _speaking(lang):
            said.append(str(words(about)))
    return Localized(*said)


def _theme_words(theme: Theme) -> str:
    """A first wording of "You said": how many, when, of what."""
    analysis = theme.analysis
    period = (analysis.period_from, analysis.period_to)
    days = [format_date(moment) for moment in period if moment]
    text: str = ngettext(
        "%(count)s comment received between %(start)s and %(end)s was about “%(label)s”.",
        "%(count)s comments received between %(start)s and %(end)s were about “%(label)s”.",
        theme.comments,
        count=format_decimal(theme.comments),
        start=days[0],
        end=days[-1],
        label=theme.label.in_language(current_lang()),
    )
    return text
