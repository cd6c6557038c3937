"""What came of an improvement, in sentences of the page's language."""

from datetime import datetime

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from consult.analysis.improvements.comparing import FEWEST, FEWEST_DAYS, Compared, Verdict
from consult.analysis.improvements.measuring import ANALYSES
from consult.analysis.improvements.models import ImprovementMeasure
from consult.i18n import format_date


def share_of(measured: ImprovementMeasure) -> Compared:
    return Compared.of_json(measured.figures["share"])


def rating_of(measured: ImprovementMeasure) -> Compared:
    return Compared.of_json(measured.figures["rating"])


def measured_sentences(measured: ImprovementMeasure) -> list[str]:
    """The verdict on the share, then on the rating."""
    share, rating = share_of(measured), rating_of(measured)
    if share.verdict is Verdict.NO_SERVICE:
        return [str(_("The answers to a consultation come once: there is nothing to compare."))]
    if Verdict.TOO_SOON in (share.verdict, rating.verdict):
        return [
            ngettext(
                "It is too soon to tell: at least %(num)d day must pass.",
                "It is too soon to tell: at least %(num)d days must pass.",
                FEWEST_DAYS,
            )
        ]
    return [_share(share), _rating(rating)]


def public_sentences(measured: ImprovementMeasure) -> list[str]:
    """The same for everyone, less what only concerns the team: that no theme is kept."""
    share = share_of(measured)
    if share.verdict is Verdict.NO_THEME and rating_of(measured).verdict is not Verdict.TOO_SOON:
        return [_rating(rating_of(measured))]
    return measured_sentences(measured)


def periods_words(measured: ImprovementMeasure) -> str:
    """From when to when both sides are."""
    start, done, end = (
        format_date(datetime.fromisoformat(moment)) for moment in measured.figures["periods"]
    )
    return str(
        _(
            "Before: from %(start)s to %(done)s. After: from then to %(end)s.",
            start=start,
            done=done,
            end=end,
        )
    )


def method_words(measured: ImprovementMeasure) -> list[str]:
    """How it was worked out."""
    if share_of(measured).source == ANALYSES:
        shares = _("Shares are those of two analyses, the last before and the last after.")
        return [str(shares), *general_method()]
    return [str(_placed()), *general_method()]


def whole_method() -> list[str]:
    """How all that came of improvements is worked out, for everyone."""
    periods = _(
        "After: from the day it was done, a year at most. Before: as many days just before it, 90 "
        "at least."
    )
    return [str(periods), str(_placed()), *general_method()]


def _placed() -> str:
    return str(
        _(
            "A comment counts for the theme when the themes kept put it there today, before and "
            "after alike."
        )
    )


def general_method() -> list[str]:
    """Intervals, how few are too few, and what a difference proves."""
    intervals = _(
        "The interval of a difference of shares is Newcombe’s, from Wilson’s intervals; "
        "that of a difference of means is drawn by the bootstrap. It holds the true "
        "difference 95 times in 100. Each side needs %(fewest)s comments, or ratings, and "
        "nothing is told before %(days)s days have passed.",
        fewest=FEWEST,
        days=FEWEST_DAYS,
    )
    cause = _("Other things changed meanwhile too: a difference does not prove what caused it.")
    return [str(intervals), str(cause)]


def _share(share: Compared) -> str:
    if share.verdict is Verdict.NO_THEME:
        return str(
            _(
                "The share of comments cannot be told: no theme kept for this service stands "
                "behind this improvement."
            )
        )
    if share.verdict is Verdict.TOO_FEW:
        return str(
            _(
                "The share of comments cannot be told yet: %(before)s before and %(after)s after, "
                "and each side needs %(fewest)s.",
                before=_count(share.of_before),
                after=_count(share.of_after),
                fewest=FEWEST,
            )
        )
    told = {
        "before": _percent(share.before),
        "after": _percent(share.after),
        "of_before": _count(share.of_before),
        "of_after": _count(share.of_after),
    }
    if share.verdict is Verdict.LOWER:
        return str(
            _(
                "Fewer comments speak of it: %(after)s of the %(of_after)s after, "
                "%(before)s of the %(of_before)s before. That is between %(low)s and %(high)s "
                "points less.",
                low=_points(share.high),
                high=_points(share.low),
                **told,
            )
        )
    if share.verdict is Verdict.HIGHER:
        return str(
            _(
                "More comments speak of it: %(after)s of the %(of_after)s after, "
                "%(before)s of the %(of_before)s before. That is between %(low)s and %(high)s "
                "points more.",
                low=_points(share.low),
                high=_points(share.high),
                **told,
            )
        )
    return str(
        _(
            "Whether fewer comments speak of it cannot be told yet: %(after)s of the %(of_after)s "
            "after, %(before)s of the %(of_before)s before. Chance alone could do that.",
            **told,
        )
    )


def _rating(rating: Compared) -> str:
    if rating.verdict is Verdict.TOO_FEW:
        return str(
            _(
                "The mean rating cannot be told yet: %(before)s ratings before and %(after)s "
                "after, and each side needs %(fewest)s.",
                before=_count(rating.of_before),
                after=_count(rating.of_after),
                fewest=FEWEST,
            )
        )
    told = {
        "before": _mean(rating.before),
        "after": _mean(rating.after),
        "of_before": _count(rating.of_before),
        "of_after": _count(rating.of_after),
    }
    if rating.verdict is Verdict.HIGHER:
        return str(
            _(
                "The mean rating of the service rose from %(before)s to %(after)s out of 5 "
                "(%(of_before)s ratings before, %(of_after)s after): between %(low)s and %(high)s "
                "more.",
                low=_mean(rating.low),
                high=_mean(rating.high),
                **told,
            )
        )
    if rating.verdict is Verdict.LOWER:
        return str(
            _(
                "The mean rating of the service fell from %(before)s to %(after)s out of 5 "
                "(%(of_before)s ratings before, %(of_after)s after): between %(low)s and %(high)s "
                "less.",
                low=_mean(-(rating.high or 0)),
                high=_mean(-(rating.low or 0)),
                **told,
            )
        )
    return str(
        _(
            "Whether the mean rating moved cannot be told yet: %(before)s before, %(after)s after, "
            "out of 5 (%(of_before)s and %(of_after)s ratings). Chance alone could do that.",
            **told,
        )
    )


def _count(number: int) -> str:
    return str(format_decimal(number))


def _percent(share: float | None) -> str:
    number = format_decimal(round((share or 0) * 100, 1), format="0.#")
    return str(_("%(number)s%%", number=number))


def _points(difference: float | None) -> str:
    return str(format_decimal(abs(round((difference or 0) * 100, 1)), format="0.#"))


def _mean(value: float | None) -> str:
    return str(format_decimal(round(value or 0, 2), format="0.00"))
