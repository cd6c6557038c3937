"""The report in one language, as plain data: what its PDF, workbook and JSON are written from."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from consult.analysis.models import Analysis, Theme
from consult.analysis.queries.comments import Quotation, campaigns_of
from consult.analysis.queries.reports import Bracket, brackets_of
from consult.analysis.queries.subjects import Subject, subject_of
from consult.analysis.report.addresses import comment_address
from consult.analysis.report.facts import ReportFacts, ThemeFacts, report_facts
from consult.analysis.report.page_words import Line, lines_of, said
from consult.analysis.report.words import group_words
from consult.config import QUEBEC_TIME
from consult.i18n import current_lang, format_date, format_moment


@dataclass(frozen=True)
class Quoted:
    """A comment in someone's words, ``about`` it in words, and where it leads.

    ``marks``: [start, end, polarity] of what speaks of the theme, in letters of the text.
    """

    comment: uuid.UUID
    text: str
    lang: str
    rating: float | None
    day: str | None
    about: str
    address: str
    marks: Sequence[Sequence[float]]


@dataclass(frozen=True)
class Part:
    """A sub-theme; ``share`` is of the theme's comments, 0 to 1."""

    number: int
    label: str
    comments: int
    share: float
    mean_rating: float | None


@dataclass(frozen=True)
class ToldTheme:
    """A theme: its figures, the same in words, and what people say.

    ``about`` are sentences, ``makeup`` lines on what it is made of and whether it holds;
    ``together`` is what must be told before it when its rank cannot be told from its neighbours'.
    """

    facts: ThemeFacts
    label: str
    together: str
    weight: str
    reach: str
    about: tuple[str, ...]
    makeup: tuple[Line, ...]
    hit: tuple[str, ...]
    phrases: Mapping[str, Sequence[str]]
    parts: tuple[Part, ...]
    quotations: tuple[Quoted, ...]
    stability: float | None
    address: str


@dataclass(frozen=True)
class Campaign:
    """Near copies of one text: how many, in which theme (its number), the words of one of them.

    ``text`` is None where they were erased since.
    """

    comments: int
    theme: int | None
    text: str | None


@dataclass(frozen=True)
class Content:
    """The whole report; ``numbers`` are names and values in words, ``method`` its own sentences."""

    lang: str
    title: str
    organization: str
    about: str
    address: str
    made: str
    made_at: datetime
    facts: ReportFacts
    finding: str
    numbers: tuple[tuple[str, str], ...]
    basis: str
    themes: tuple[ToldTheme, ...]
    in_campaigns: int
    copies: tuple[Line, ...]
    campaigns: tuple[Campaign, ...]
    method: tuple[Line, ...]


def content_of(analysis: Analysis) -> Content:
    """The report of a completed analysis, in the language of the page being made."""
    subject, facts, brackets = subject_of(analysis), report_facts(analysis), brackets_of(analysis)
    about = subject.about.in_language(current_lang())
    campaigns = campaigns_of(analysis)
    made_at = analysis.completed_at or analysis.created_at
    shown = {"analysis": analysis, "facts": facts, "brackets": brackets, "subject": subject}
    return Content(
        lang=current_lang(),
        title=str(_("What to improve first: %(about)s", about=about)),
        organization=subject.organization.name.in_language(current_lang()),
        about=about,
        address=_site() + url_for("analysis.report", public_id=analysis.public_id),
        made=format_moment(made_at),
        made_at=made_at,
        facts=facts,
        finding=" ".join(line.text for line in lines_of("analysis/_finding.html", **shown)),
        numbers=_numbers(analysis),
        basis=_basis(facts),
        themes=tuple(_themes(analysis, subject, facts, brackets)),
        in_campaigns=analysis.in_campaigns,
        copies=_copies(analysis, campaigns, shown),
        campaigns=tuple(Campaign(one.comments, one.theme, words) for one, words in campaigns),
        method=lines_of("analysis/_method.html", **shown),
    )


def _site() -> str:
    """The address that the site is known by, whoever asks for the report and how."""
    site: str = current_app.config["SETTINGS"].base_url
    return site


def _basis(facts: ReportFacts) -> str:
    if facts.by_ratings:
        return str(_("Themes are ranked by the satisfaction points at stake."))
    return str(_("Themes are ranked by reach and polarity, for want of enough ratings."))


def _copies(
    analysis: Analysis, campaigns: Sequence[tuple[object, str | None]], shown: Mapping[str, object]
) -> tuple[Line, ...]:
    if campaigns:
        return lines_of("analysis/_campaigns.html", campaigns=campaigns, **shown)
    none = _("No near copies of one text were found: each comment counts as one voice.")
    return (Line("text", str(none)),)


def _numbers(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    """The same counts as the page's list, in the same order."""
    comments = format_decimal(analysis.comments)
    if analysis.period_from and analysis.period_to:
        start, end = format_date(analysis.period_from), format_date(analysis.period_to)
        comments = f"{comments}, {_('from %(start)s to %(end)s', start=start, end=end)}"
    rated = format_decimal(analysis.rated) if analysis.rated else str(_("No rating"))
    made_at = analysis.completed_at or analysis.created_at
    copies = format_decimal(analysis.in_campaigns)
    return (
        (str(_("Comments")), comments),
        (str(_("Say nothing to analyze")), format_decimal(analysis.non_answers)),
        (str(_("Fit no theme")), format_decimal(analysis.without_theme)),
        *([(str(_("Near copies of one another")), copies)] if analysis.in_campaigns else []),
        (str(_("Ratings")), rated),
        (str(_("Date of the analysis")), format_moment(made_at)),
    )


def _themes(
    analysis: Analysis, subject: Subject, facts: ReportFacts, brackets: Sequence[Bracket]
) -> list[ToldTheme]:
    told = {theme.number: theme for theme in facts.themes}
    found = []
    for bracket in brackets:
        first, last = bracket.rows[0].theme.rank, bracket.rows[-1].theme.rank
        words = _(
            "Ranks %(first)s to %(last)s can’t be told apart: what each has at stake is too close.",
            first=first,
            last=last,
        )
        for row in bracket.rows:
            theme = row.theme
            quotations = [_quoted(subject, one) for one in row.quotations]
            together = str(words) if theme.rank == first != last else ""
            found.append(
                _theme(analysis, theme, facts, told[theme.number], tuple(quotations), together)
            )
    return found


def _theme(
    analysis: Analysis,
    theme: Theme,
    facts: ReportFacts,
    told: ThemeFacts,
    quotations: tuple[Quoted, ...],
    together: str,
) -> ToldTheme:
    lang, hit_words = current_lang(), said("hit_words")
    about = (_mean_words(told), said("trend")(theme))
    return ToldTheme(
        facts=told,
        label=theme.label.in_language(lang),
        together=together,
        weight=said("weight_words")(facts, told),
        reach=said("reach")(theme),
        about=tuple(words for words in about if words),
        makeup=lines_of("analysis/_makeup.html", theme=theme, lang=lang),
        hit=tuple(hit_words(group, group_words(group)) for group in told.hit_hardest),
        phrases=theme.phrases or {},
        parts=tuple(
            Part(
                part.number,
                part.label.in_language(lang),
                part.comments,
                part.share,
                part.mean_rating,
            )
            for part in theme.parts
        ),
        quotations=quotations,
        stability=theme.stability,
        address=_site()
        + url_for("analysis.theme", public_id=analysis.public_id, number=theme.number),
    )


def _mean_words(told: ThemeFacts) -> str:
    points, hundredths = said("points"), said("hundredths")
    words = []
    if told.mean_rating is not None:
        words.append(str(_("mean rating %(mean)s out of 5", mean=points(told.mean_rating))))
    if told.severity is not None:
        severity = hundredths(told.severity)
        words.append(str(_("severity %(severity)s out of 100", severity=severity)))
    return " · ".join(words)


def _quoted(subject: Subject, one: Quotation) -> Quoted:
    lang_words = str(_("French") if one.lang == "fr" else _("English"))
    rating = None
    if one.rating is not None:
        number = format_decimal(one.rating, format="0.#")
        rating = str(_("%(rating)s out of 5", rating=number))
    day = one.submitted_at.astimezone(ZoneInfo(QUEBEC_TIME)).date() if one.submitted_at else None
    about = (rating, format_date(one.submitted_at) if one.submitted_at else None, lang_words)
    return Quoted(
        comment=one.public_id,
        text=one.text,
        lang=one.lang,
        rating=one.rating,
        day=day.isoformat() if day else None,
        about=" · ".join(words for words in about if words),
        address=_site() + comment_address(subject, one.public_id),
        marks=one.marks,
    )
