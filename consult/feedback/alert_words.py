"""Alerts in words, in the language of the page or of the message."""

from datetime import datetime

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from consult.feedback.alerts.drops import drop_of
from consult.feedback.models import Alert, AlertKind
from consult.feedback.score_words import change_words, from_words, measure_words, value_words
from consult.feedback.scores import BY_NAME
from consult.i18n import format_moment


def alert_title(alert: Alert) -> str:
    """What was found, in a few words."""
    if alert.kind is AlertKind.BURST:
        return str(_("More comments speak of “%(word)s”", word=alert.details["word"]))
    if alert.kind is AlertKind.SILENCE:
        return str(_("Answers no longer come in"))
    measure = measure_words(BY_NAME[alert.details["measure"]])
    return str(_("A real drop (%(measure)s)", measure=measure))


def alert_sentences(alert: Alert) -> list[str]:
    """What was found and why it is told, in a few sentences."""
    sentences = {
        AlertKind.BURST: _burst,
        AlertKind.SILENCE: _silence,
        AlertKind.DROP: _drop,
    }
    return [str(sentence) for sentence in sentences[alert.kind](alert)]


def searched_word(alert: Alert) -> str | None:
    """What to search the comments for; None when the alert is about no word."""
    return str(alert.details["word"]) if alert.kind is AlertKind.BURST else None


def _number(value: float) -> str:
    """Two significant digits under ten, none after the point above: 0.03, 1.2, 14."""
    if value >= 10:
        return str(format_decimal(round(value)))
    return str(format_decimal(value, format="0.0" if value >= 0.1 else "0.00"))


def _burst(alert: Alert) -> list[str]:
    found = alert.details
    sentences = [
        ngettext(
            "%(num)d comment of the last 7 days speaks of “%(word)s”; %(expected)s were to be "
            "expected, from the 8 weeks before.",
            "%(num)d comments of the last 7 days speak of “%(word)s”; %(expected)s were to be "
            "expected, from the 8 weeks before.",
            found["count"],
            word=found["word"],
            expected=_number(found["expected"]),
        )
    ]
    if found["also"]:
        words = ", ".join(_("“%(words)s”", words=word) for word in found["also"])
        sentences.append(_("The same comments often say: %(words)s.", words=words))
    return sentences


def _silence(alert: Alert) -> list[str]:
    since = datetime.fromisoformat(alert.details["since"])
    return [
        _(
            "The last answer came in on %(moment)s. Since then, %(expected)s were to be expected, "
            "from the same hours of the 8 weeks before.",
            moment=format_moment(since),
            expected=_number(alert.details["expected"]),
        ),
        _("Check that the form still shows on the last page of the service."),
    ]


def _drop(alert: Alert) -> list[str]:
    measure, change = BY_NAME[alert.details["measure"]], drop_of(alert.details)
    return [
        _("%(change)s.", change=change_words(measure, change)),
        _(
            "It was %(before)s, %(from_before)s; it is now %(after)s, %(from_after)s.",
            before=value_words(measure, change.before),
            after=value_words(measure, change.after),
            from_before=from_words(change.answers_before),
            from_after=from_words(change.answers_after),
        ),
    ]
