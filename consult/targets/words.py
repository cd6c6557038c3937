"""The targets in words: names, reasons, dates, distance to the goal."""

from datetime import date

from flask_babel import LazyString, format_decimal, format_percent, gettext, ngettext
from flask_babel import lazy_gettext as _l

from consult.i18n import current_lang, date_in_words
from consult.targets.definitions import DESIGNED, DIGITAL_CONSULTATIONS, EVOLVING
from consult.targets.indicators import BY_CODE, ENOUGH_BODIES
from consult.targets.models import IndicatorDeclaration
from consult.targets.percents import lazy_percent, percent
from consult.targets.queries.declared import Together
from consult.targets.queries.figures import Figure

#: As the strategy says them.
NAMES = {
    DESIGNED: _l(
        "%(goal)s of new digital services are designed with citizens", goal=lazy_percent(75)
    ),
    EVOLVING: _l(
        "%(goal)s of digital services evolve through the continuous evaluation of citizens",
        goal=lazy_percent(75),
    ),
    DIGITAL_CONSULTATIONS: _l(
        "%(goal)s of public consultations offer a digital way to take part", goal=lazy_percent(75)
    ),
}

NOTHING = {
    DESIGNED: _l("No new digital service yet: there is nothing to count."),
    EVOLVING: _l("No digital service in use yet: there is nothing to count."),
    DIGITAL_CONSULTATIONS: _l(
        "No consultation opened in the last 12 months: there is nothing to count."
    ),
}

REASONS = {
    "involved_before": _l("Citizens took part before the launch"),
    "involved_after": _l("Citizens took part after the launch only"),
    "not_involved": _l("No involvement activity is recorded"),
    "answered_and_improved": _l("Answered, and improved from what citizens said"),
    "not_improved": _l("Answered, but no improvement from citizens in 12 months"),
    "not_answered": _l("Improved, but no feedback in 90 days"),
    "neither": _l("No feedback in 90 days, no improvement from citizens in 12 months"),
    "held_here": _l("Answered online, here"),
    "digital_means": _l("Offers a digital way to take part"),
    "no_digital_means": _l("Offers no digital way to take part"),
}

DATES = {
    "launched_on": _l("Launch"),
    "activity_began_on": _l("First activity"),
    "answered_on": _l("Latest feedback"),
    "improved_on": _l("Latest improvement"),
    "opened_on": _l("Opening"),
}


def fraction(figure: Figure) -> str:
    """'1,250 of 5,000'."""
    counted, total = format_decimal(figure.counted), format_decimal(figure.total)
    return str(gettext("%(counted)s of %(total)s", counted=counted, total=total))


def distance(target: str, figure: Figure) -> str:
    """How far the goal is, in services or consultations: '11 more services to reach it'."""
    if figure.share is None:
        return str(NOTHING[target])
    goal = percent(figure.goal / 100)
    if not figure.lacking:
        return str(gettext("The target of %(goal)s is reached.", goal=goal))
    number = format_decimal(figure.lacking)
    if target == DIGITAL_CONSULTATIONS:
        return str(
            ngettext(
                "%(number)s more digital consultation to reach %(goal)s",
                "%(number)s more digital consultations to reach %(goal)s",
                figure.lacking,
                number=number,
                goal=goal,
            )
        )
    return str(
        ngettext(
            "%(number)s more service to reach %(goal)s",
            "%(number)s more services to reach %(goal)s",
            figure.lacking,
            number=number,
            goal=goal,
        )
    )


def reason_words(reason: str) -> LazyString | str:
    return REASONS.get(reason, reason)


def date_name(name: str) -> LazyString | str:
    return DATES.get(name, name)


def month_words(month: date) -> str:
    """'octobre 2026', 'October 2026'."""
    return date_in_words(month, "MMMM y")


def day_in_words(day: date | None) -> str:
    return date_in_words(day) if day else "–"


def _pattern() -> str:
    """Babel's pattern of a percentage with up to two decimals, in the page's language."""
    return "#,##0.##\u00a0%" if current_lang() == "fr" else "#,##0.##%"


def declared_value(row: IndicatorDeclaration) -> str:
    """What a public body declared: a percentage, or yes or no."""
    if BY_CODE[row.indicator].is_yes_no:
        return str(gettext("Yes") if row.value >= 100 else gettext("No"))
    return str(format_percent(row.value / 100, _pattern()))


def together_words(all_: Together) -> str:
    """An indicator over all public bodies; of too few, only how many declared."""
    if not all_.declared:
        return str(gettext("Not declared yet"))
    if all_.value is None:
        return str(
            ngettext(
                "%(num)d public body declared; a figure of all is told from %(floor)s on.",
                "%(num)d public bodies declared; a figure of all is told from %(floor)s on.",
                all_.declared,
                floor=ENOUGH_BODIES,
            )
        )
    share = percent(all_.value / 100)
    if all_.indicator.is_yes_no:
        return str(gettext("%(share)s of the public bodies that declared", share=share))
    return str(gettext("Median: %(share)s", share=share))
