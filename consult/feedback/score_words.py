"""Scores in words: names, values, intervals, findings, and how each is worked out."""

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import LazyString, format_decimal, format_percent, gettext, ngettext
from flask_babel import format_date as babel_date
from flask_babel import lazy_gettext as _l

from consult.config import QUEBEC_TIME
from consult.feedback.channels import channel_words
from consult.feedback.scores import Change, Figure, Interval, Kind, Measure
from consult.feedback.scores.breakdown import NONE, OTHER
from consult.feedback.scores.measures import Band, band
from consult.i18n import date_in_words, format_date


class Told(NamedTuple):
    """A measure in words: its name, how it is worked out, and who works it out that way."""

    name: LazyString
    formula: LazyString
    source: LazyString


TOLD = {
    "satisfaction": Told(
        _l("Satisfaction"),
        _l(
            "The sum of the answers from 1 to 5, divided by their number. Faces count as 1, 3 "
            "and 5. All answers weigh the same, whichever questions asked it."
        ),
        _l("Mean of a five-point scale."),
    ),
    "satisfied": Told(
        _l("Satisfied people"),
        _l("The answers 4 and 5, divided by all answers."),
        _l("Known as CSAT, or “top two boxes”."),
    ),
    "success": Told(
        _l("People who did what they came for"),
        _l("The answers “yes”, divided by all answers: yes, no and not yet."),
        _l("Task success, as in Canada’s GC Task Success Survey."),
    ),
    "not_yet": Told(
        _l("People who had not finished yet"),
        _l("The answers “not yet”, divided by all answers: yes, no and not yet."),
        _l("As in Canada’s GC Task Success Survey."),
    ),
    "ease": Told(
        _l("Ease"),
        _l("The sum of the answers from 1 to 5, divided by their number."),
        _l("Customer effort score (CES), told as a mean."),
    ),
    "easy": Told(
        _l("People who found it easy"),
        _l("The answers 4 and 5, divided by all answers."),
        _l("As in Canada’s GC Task Success Survey."),
    ),
    "trust": Told(
        _l("People whose trust grew"),
        _l("The answers 4 and 5 to the statement on trust, divided by all answers."),
        _l("United States, OMB Circular A-11, section 280."),
    ),
    "recommend": Told(
        _l("Recommendation"),
        _l("The share of answers 9 and 10, less the share of answers 0 to 6; from −100 to 100."),
        _l("Net promoter score: Reichheld, Harvard Business Review, 2003."),
    ),
    "faces": Told(
        _l("Score of the faces"),
        _l("The mean of 10 for a good face, 5 for a so-so face and 0 for a bad one."),
        _l("France’s Je donne mon avis, with its limits at 8 and 5."),
    ),
}

BANDS = {
    Band.HIGH: _l("8 or above"),
    Band.MIDDLE: _l("from 5 to 8"),
    Band.LOW: _l("under 5"),
}

DIMENSION_NAMES = {
    "lang": _l("Language"),
    "channel": _l("How it came in"),
    "month": _l("Month"),
    "quarter": _l("Quarter"),
    "page": _l("Page"),
}

DIMENSION_TITLES = {
    "lang": _l("By language"),
    "channel": _l("By how it came in"),
    "month": _l("By month"),
    "quarter": _l("By quarter"),
    "page": _l("By page"),
}


def measure_words(measure: Measure) -> str:
    """The name of a measure."""
    return str(TOLD[measure.name].name)


def number_words(measure: Measure, value: float) -> str:
    """A value alone, rounded: '4.1', '82%', '+32'."""
    if measure.kind is Kind.SHARE:
        return str(format_percent(value))
    if measure.kind is Kind.NET:
        return _signed(value)
    return str(format_decimal(value, "0.0"))


def value_words(measure: Measure, value: float) -> str:
    """A value with what it is out of: '4.1 out of 5'."""
    number = number_words(measure, value)
    if measure.kind is Kind.MEAN:
        most = format_decimal(measure.scale[-1], "0")
        return str(gettext("%(value)s out of %(most)s", value=number, most=most))
    return number


def interval_words(measure: Measure, interval: Interval) -> str:
    """'between 4.0 and 4.2'."""
    low, high = (number_words(measure, end) for end in interval)
    return str(gettext("between %(low)s and %(high)s", low=low, high=high))


def answers_words(answers: int) -> str:
    shown = format_decimal(answers)
    return str(ngettext("%(shown)s answer", "%(shown)s answers", answers, shown=shown))


def band_words(value: float) -> str:
    """The band of a mean of the faces."""
    return str(BANDS[band(value)])


def margin_words(figure: Figure) -> str:
    """The margin of error of a share, in points."""
    return str(format_decimal((figure.margin or 0) * 100, "0.0"))


def change_words(measure: Measure, change: Change) -> str:
    """'Satisfaction: lower by 0.4 since the week of March 3, 2026 (between 0.2 and 0.6)'."""
    size = _size_words(measure, abs(change.difference))
    low, high = sorted(abs(end) for end in change.interval)
    about = {
        "name": str(TOLD[measure.name].name),
        "since": day_words(change.since),
        "size": size,
        "low": _size_words(measure, low, alone=True),
        "high": _size_words(measure, high, alone=True),
    }
    if change.days == 1:
        lower = gettext(
            "%(name)s: lower by %(size)s since %(since)s (between %(low)s and %(high)s)"
        )
        higher = gettext(
            "%(name)s: higher by %(size)s since %(since)s (between %(low)s and %(high)s)"
        )
    else:
        lower = gettext(
            "%(name)s: lower by %(size)s since the week of %(since)s (between %(low)s and %(high)s)"
        )
        higher = gettext(
            "%(name)s: higher by %(size)s since the week of %(since)s "
            "(between %(low)s and %(high)s)"
        )
    return str(lower if change.is_drop else higher) % about


def _size_words(measure: Measure, size: float, *, alone: bool = False) -> str:
    if measure.kind is Kind.MEAN:
        return str(format_decimal(size, "0.0"))
    number = round(size * 100)
    if alone:
        return str(format_decimal(number))
    return str(ngettext("%(num)d point", "%(num)d points", number))


def _signed(value: float) -> str:
    number = round(value * 100)
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{format_decimal(abs(number))}"


def day_words(day: date) -> str:
    """A day of Québec's calendar in words."""
    return format_date(datetime.combine(day, time(12), ZoneInfo(QUEBEC_TIME)))


def short_day_words(day: date) -> str:
    """A day without its year: '3 mars', 'March 3'."""
    return date_in_words(day, gettext("MMMM d"))


def from_words(answers: int) -> str:
    """'from 312 answers'."""
    shown = format_decimal(answers)
    return str(ngettext("from %(shown)s answer", "from %(shown)s answers", answers, shown=shown))


def part_words(dimension: str, value: str) -> str:
    """The words of one part of a breakdown."""
    if dimension == "lang":
        return str(gettext("French") if value == "fr" else gettext("English"))
    if dimension == "channel":
        return channel_words(value)
    if dimension == "month":
        return str(babel_date(date.fromisoformat(f"{value}-01"), "MMMM yyyy", rebase=False))
    if dimension == "quarter":
        year, _dash, number = value.partition("-Q")
        return str(gettext("Quarter %(number)s of %(year)s", number=number, year=year))
    if value == OTHER:
        return str(gettext("Other pages"))
    return str(gettext("No page told")) if value == NONE else value
