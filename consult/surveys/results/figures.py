"""Figures that an editor picks: a share of the people who answered a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import flask_babel
from flask_babel import gettext as _

from consult.catalogues import LOCALES
from consult.db import Localized
from consult.questionnaires import Choice, Text
from consult.surveys.results.asked import Asked
from consult.surveys.results.counts import Counts
from consult.surveys.results.errors import FigureRefusedError
from consult.surveys.results.filters import value_label
from consult.surveys.results.public import PublicResults


@dataclass(frozen=True)
class Pick:
    """What an editor chose: a question, some of its answers, and at most one filter."""

    question: str
    choices: Sequence[str]
    filters: Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """``count`` of the ``base`` people who answered gave one of ``options``.

    ``is_public`` is false while the results hide it, or would let one work out what they hide.
    """

    asked: Asked
    options: tuple[Choice, ...]
    filters: Mapping[str, str]
    count: int
    base: int
    is_public: bool

    @property
    def share(self) -> float:
        """From 0 to 1; 0 when nobody answered."""
        return self.count / self.base if self.base else 0.0

    @property
    def filter_words(self) -> dict[str, Text]:
        """Each filter's dimension, and its value in words."""
        return {dimension: value_label(dimension, v) for dimension, v in self.filters.items()}


def figure_of(counts: Counts, questions: tuple[Asked, ...], pick: Pick) -> Figure:
    """The figure of a pick, from the answers to every version that asks its question.

    It is public when the results show each count it adds up, so that it reveals nothing more.
    Raises ``FigureRefusedError``.
    """
    one = next((one for one in questions if one.name == pick.question and one.is_counted), None)
    options = tuple(o for o in one.options if o.name in pick.choices) if one else ()
    if one is None or len(options) < len(set(pick.choices)):
        raise FigureRefusedError("unknown")
    if not options:
        raise FigureRefusedError("no_choice")
    if len(options) > 1 and not one.adds_up:
        raise FigureRefusedError("several")
    given = counts.choices(one.name, pick.filters)
    told = PublicResults(counts, questions).tally(one, pick.filters)
    shown = {line.name for line in told.lines if line.count is not None}
    return Figure(
        asked=one,
        options=options,
        filters=dict(pick.filters),
        count=sum(given[option.name] for option in options),
        base=counts.answered(one.name, pick.filters),
        is_public=all(option.name in shown for option in options),
    )


def draft_words(figure: Figure) -> Localized:
    """A sentence to begin from, in both languages."""
    return Localized(*(_sentence(figure, lang) for lang in ("fr", "en")))


def _sentence(figure: Figure, lang: str) -> str:
    with flask_babel.force_locale(LOCALES[lang]):
        quoted = [_("“%(words)s”", words=o.label.in_language(lang)) for o in figure.options]
        sentence: str = _(
            "%(share)s of the %(base)s people who answered “%(question)s” chose %(choices)s.",
            share=flask_babel.format_percent(figure.share),
            base=flask_babel.format_decimal(figure.base),
            question=figure.asked.question.label.in_language(lang),
            choices=_(" or ").join(quoted),
        )
        values = [value.in_language(lang) for value in figure.filter_words.values()]
        if values:
            sentence = _("%(label)s: %(value)s", label=values[0], value=sentence)
        return sentence
