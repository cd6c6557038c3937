"""The strategy's other seven targets: what only the public body knows, and declares."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.targets.percents import lazy_percent


@dataclass(frozen=True)
class Indicator:
    """A target that is declared: ``number`` is its place in the strategy, ``goal`` in percent.

    ``is_yes_no``: a public body answers yes or no, and the goal is the share of those who say yes;
    otherwise each declares a share of its own, and should itself reach the goal. ``asks`` is what
    the form asks.
    """

    number: int
    code: str
    goal: int
    is_yes_no: bool
    name: LazyString
    asks: LazyString


INDICATORS = (
    Indicator(
        4,
        "known_once",
        50,
        False,
        _l(
            "%(goal)s of services do not ask citizens again for information already known",
            goal=lazy_percent(50),
        ),
        _l("Share of your services that do not ask again for what is already known, in percent"),
    ),
    Indicator(
        5,
        "reminders",
        60,
        False,
        _l("%(goal)s of deadlines get a digital reminder", goal=lazy_percent(60)),
        _l("Share of your deadlines that get a digital reminder, in percent"),
    ),
    Indicator(
        6,
        "plan",
        100,
        True,
        _l(
            "%(goal)s of organizations deploy measures for their digital transformation",
            goal=lazy_percent(100),
        ),
        _l("Does your organization have a digital transformation plan and deploy its measures?"),
    ),
    Indicator(
        7,
        "workplace",
        60,
        False,
        _l(
            "%(goal)s of employees have a transformed workplace and ways of working",
            goal=lazy_percent(60),
        ),
        _l("Share of your employees in a transformed workplace and ways of working, in percent"),
    ),
    Indicator(
        8,
        "take_up",
        75,
        False,
        _l("%(goal)s of digital services have a take-up above %(goal)s", goal=lazy_percent(75)),
        _l(
            "Share of your digital services whose take-up is above %(goal)s, in percent",
            goal=lazy_percent(75),
        ),
    ),
    Indicator(
        9,
        "paperless",
        75,
        False,
        _l("%(goal)s of administrative processes are paperless", goal=lazy_percent(75)),
        _l("Share of your administrative processes that are paperless, in percent"),
    ),
    Indicator(
        10,
        "open_data",
        60,
        True,
        _l(
            "%(goal)s of organizations publish most of their data of high reuse potential",
            goal=lazy_percent(60),
        ),
        _l("Does your organization publish most of its data of high reuse potential?"),
    ),
)

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
BY_NUMBER = {indicator.number: indicator for indicator in INDICATORS}

#: Public bodies that have to declare before a figure of all is told.
ENOUGH_BODIES = 5
