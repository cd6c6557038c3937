"""What the messages to a team say. In the language of the page, as a request has it."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from flask import current_app, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from consult.config import Settings
from consult.feedback.alert_words import alert_sentences, alert_title, searched_word
from consult.feedback.models import Alert, AlertSubscription
from consult.feedback.queries.week import Week
from consult.feedback.score_words import interval_words, measure_words, value_words
from consult.feedback.scores import FLOOR, Figure, Interval
from consult.feedback.telling_words import most_telling
from consult.feedback.unsubscribing import Subscriber, unsubscribing_token
from consult.i18n import current_lang, format_date
from consult.letters import Block, Letter, Quote, full, stoppable

#: Comments that a digest quotes.
QUOTED = 3


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def comments_path(slug: str, **filters: str) -> str:
    """The page of a service's comments, filtered."""
    path = url_for("services.inbox", slug=slug)
    return f"{path}?{urlencode(filters)}" if filters else path


def held_url(slug: str) -> str:
    """The page where what is held is looked at."""
    return full(comments_path(slug, review="held"))


def alerts_letter(subscription: AlertSubscription, alerts: Sequence[Alert], until: str) -> Letter:
    """The message that tells ``alerts``, all of one service, to who asked for them."""
    service, lang = subscription.service, current_lang()
    name = service.name.in_language(lang)
    first = alert_title(alerts[0])
    more = len(alerts) - 1
    subject = (
        ngettext(
            "%(service)s: %(found)s, and %(num)d other alert",
            "%(service)s: %(found)s, and %(num)d other alerts",
            more,
            service=name,
            found=first,
        )
        if more
        else _("%(service)s: %(found)s", service=name, found=first)
    )
    return Letter(
        lang=lang,
        subject=subject,
        title=name,
        caption=ngettext(
            "%(num)d alert on what people say of this service",
            "%(num)d alerts on what people say of this service",
            len(alerts),
        ),
        blocks=tuple(_alert_block(alert, service.slug) for alert in alerts),
        foot=_why(),
        foot_links=_foot(subscription),
        headers=_headers(subscription, f"alerts {until}"),
    )


def _alert_block(alert: Alert, slug: str) -> Block:
    word = searched_word(alert)
    link = (
        (_("Read these comments"), full(comments_path(slug, words=word)))
        if word
        else (_("See the service"), full(url_for("services.show", slug=slug)))
    )
    found = _("Found on %(date)s.", date=format_date(alert.found_at))
    return Block(alert_title(alert), (*alert_sentences(alert), found), link=link)


def _why() -> str:
    return str(_("You asked for these messages, for yourself alone."))


def _foot(subscription: AlertSubscription) -> tuple[tuple[str, str], ...]:
    """The links at the end of a letter."""
    slug = subscription.service.slug
    return (
        (_("Choose what you hear of"), full(url_for("services.alerts", slug=slug))),
        (_("Stop all messages about this service"), _leaving_url(subscription)),
    )


def _leaving_url(subscription: AlertSubscription) -> str:
    who = Subscriber(subscription.account.public_id, subscription.service.key)
    token = unsubscribing_token(_settings().secret_key, who)
    return full(url_for("alerts.unsubscribe", token=token))


def _headers(subscription: AlertSubscription, what: str) -> dict[str, str]:
    return stoppable(_leaving_url(subscription), what)


def week_letter(subscription: AlertSubscription, week: Week) -> Letter:
    """The digest of a week: what came in, the score, the most telling words, what waits."""
    service, lang = subscription.service, current_lang()
    name = service.name.in_language(lang)
    last_day = format_date(week.end - timedelta(hours=12))
    blocks = [_answers_block(week, service.slug)]
    if quotes := _quotes(week):
        link = (_("Read the comments"), full(comments_path(service.slug)))
        blocks.append(Block(_("Words of the week"), quotes=quotes, link=link))
    blocks += [_alert_block(alert, service.slug) for alert in week.alerts]
    if week.held:
        line = ngettext(
            "%(num)d answer is held until somebody looks at it.",
            "%(num)d answers are held until somebody looks at them.",
            week.held,
        )
        link = (_("Look at what is held"), held_url(service.slug))
        blocks.append(Block(_("Waiting for you"), (line,), link=link))
    return Letter(
        lang=lang,
        subject=ngettext(
            "%(service)s: %(num)d answer this week",
            "%(service)s: %(num)d answers this week",
            week.answers,
            service=name,
        ),
        title=name,
        caption=_("Week from %(first)s to %(last)s", first=format_date(week.start), last=last_day),
        blocks=tuple(blocks),
        foot=_why(),
        foot_links=_foot(subscription),
        headers=_headers(subscription, f"week {week.end.isoformat()}"),
    )


def _answers_block(week: Week, slug: str) -> Block:
    lines = [
        ngettext(
            "%(num)d answer; the week before, %(before)s.",
            "%(num)d answers; the week before, %(before)s.",
            week.answers,
            before=format_decimal(week.answers_before),
        )
    ]
    if week.figure is not None:
        lines += _score_lines(week.figure, week.difference)
    link = (_("See the service"), full(url_for("services.show", slug=slug)))
    return Block(_("What came in"), tuple(lines), link=link)


def _score_lines(figure: Figure, difference: Interval | None) -> list[str]:
    """The score of the week with its interval, and whether it differs from before."""
    measure, name = figure.measure, measure_words(figure.measure)
    if figure.value is None or figure.interval is None:
        return [
            _(
                "%(name)s: fewer than %(floor)s answers this week, too few for a figure.",
                name=name,
                floor=FLOOR,
            )
        ]
    lines = [
        _(
            "%(name)s: %(value)s (%(interval)s).",
            name=name,
            value=value_words(measure, figure.value),
            interval=interval_words(measure, figure.interval),
        )
    ]
    if difference is not None:
        lines.append(_difference_words(difference))
    return lines


def _difference_words(difference: Interval) -> str:
    if difference.high < 0:
        return str(_("That is lower than in the 4 weeks before, by more than chance explains."))
    if difference.low > 0:
        return str(_("That is higher than in the 4 weeks before, by more than chance explains."))
    return str(_("That differs from the 4 weeks before by no more than chance explains."))


def _quotes(week: Week) -> tuple[Quote, ...]:
    """The most telling comments of the week, identifiers already masked."""
    return tuple(
        Quote(
            one.text,
            one.lang,
            _("%(rating)s out of 5", rating=one.rating) if one.rating else "",
        )
        for one in most_telling(week.comments, QUOTED)
    )
