"""What the letters to a team say, in the language of the page as a request has it."""

from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from consult.analysis.improvements.models import Improvement
from consult.config import Settings
from consult.feedback.alert_words import alert_title
from consult.i18n import current_lang, date_in_words, format_date
from consult.letters import Block, Letter, full, stoppable
from consult.organizations.models import Service
from consult.quebec_time import quebec_day
from consult.workspace import queries
from consult.workspace.models import LetterSubscription


def week_letter(subscription: LetterSubscription, now: datetime) -> Letter:
    """What waits for a public body's team this week."""
    body, lang = subscription.organization, current_lang()
    name = body.name.in_language(lang)
    today = full(url_for("workspace.today", body=body.slug))
    blocks = [_said(subscription, now), _due(subscription, now), _next(subscription)]
    return Letter(
        lang=lang,
        subject=_("%(body)s: the week ahead", body=name),
        title=name,
        caption=_("The week of %(date)s", date=format_date(now)),
        blocks=(*blocks, Block(_("All that waits"), link=(_("See the day’s page"), today))),
        **_foot(subscription, f"week {now.isoformat()}"),
    )


def due_letter(subscription: LetterSubscription, improvement: Improvement, days: int) -> Letter:
    """An improvement of one's own is due in so many days, or today."""
    lang = current_lang()
    title = improvement.title.in_language(lang)
    due = date_in_words(improvement.due_on) if improvement.due_on else ""
    when = ngettext("due in %(num)d day", "due in %(num)d days", days) if days else _("due today")
    page = full(url_for("analysis.improvement", public_id=improvement.public_id))
    line = _("You answer for this improvement, due on %(date)s.", date=due)
    return Letter(
        lang=lang,
        subject=_("%(title)s: %(when)s", title=title, when=when),
        title=title,
        caption=subscription.organization.name.in_language(lang),
        blocks=(Block(when.capitalize(), (line,), link=(_("See the improvement"), page)),),
        **_foot(subscription, f"due {improvement.public_id} {due} {days}"),
    )


def _said(subscription: LetterSubscription, now: datetime) -> Block:
    body = subscription.organization
    answered = queries.answered(body, now)
    lines = [
        ngettext(
            "%(count)s piece of feedback came in over 7 days.",
            "%(count)s pieces of feedback came in over 7 days.",
            answered.this_week,
            count=format_decimal(answered.this_week),
        )
    ]
    lines += [
        _("%(service)s: %(found)s", service=_named(alert.service), found=alert_title(alert))
        for alert in queries.fresh_alerts(body, now)
    ]
    link = (_("Your digital services"), full(url_for("services.index", body=body.slug)))
    return Block(_("What people said this week"), tuple(lines), link=link)


def _due(subscription: LetterSubscription, now: datetime) -> Block:
    today = quebec_day(now)
    lines = []
    for improvement in queries.improvements_due(subscription.organization, today):
        due = improvement.due_on or today
        when = _("due on %(date)s", date=date_in_words(due))
        late = f"{_('late')}, " if due < today else ""
        title = improvement.title.in_language(current_lang())
        lines.append(
            _("%(title)s: %(when)s (%(owner)s)", title=title, when=f"{late}{when}",
              owner=improvement.owner.name)
        )  # fmt: skip
    nothing = _("Nothing is late, and nothing is due in the next 14 days.")
    link = (_("All improvements"), full(url_for("analysis.improvements")))
    return Block(_("Improvements late or due soon"), tuple(lines or [nothing]), link=link)


def _next(subscription: LetterSubscription) -> Block:
    body, lang = subscription.organization, current_lang()
    lines = [
        _(
            "%(label)s: %(points)s points of satisfaction at stake, at least %(low)s",
            label=theme.label.in_language(lang),
            points=format_decimal(theme.points_at_stake, format="0.00"),
            low=format_decimal(theme.points_low, format="0.00"),
        )
        for theme in queries.next_themes(body)
    ]
    nothing = _("No theme surely costs satisfaction, or each has its improvement.")
    link = (_("All reports"), full(url_for("analysis.dashboard", body=body.slug)))
    return Block(_("What to improve next"), tuple(lines or [nothing]), link=link)


def _named(service: Service) -> str:
    return service.name.in_language(current_lang())


def _foot(subscription: LetterSubscription, about: str) -> dict[str, Any]:
    """Why it was sent, how not to get it again, and a name that is the same when sent anew."""
    body = subscription.organization
    token = stopping_token(subscription)
    stop = full(url_for("workspace.stop_letters", token=token))
    return {
        "foot": _("You get this message because you asked for it."),
        "foot_links": (
            (_("Choose your letters"), full(url_for("workspace.letters", body=body.slug))),
            (_("Stop the messages"), stop),
        ),
        "headers": stoppable(stop, about),
    }


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_settings().secret_key, salt="stop letters to a team")


def stopping_token(subscription: LetterSubscription) -> str:
    """What stands in the address that stops letters; it has no end, as old letters must work."""
    who = [subscription.account.public_id.hex, subscription.organization.slug]
    return str(_signer().dumps(who))


def subscription_of_token(token: str) -> LetterSubscription | None:
    """Whose letters a token stops; None when it was not made here."""
    try:
        account, slug = _signer().loads(token)
        return queries.subscription_named(account, slug)
    except (BadData, ValueError):
        return None
