"""What a definition is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString
from sqlalchemy import Select


class DefinitionNotKnownError(LookupError):
    """No version of a target's definition has this number, or none is valid on this day."""


@dataclass(frozen=True)
class Definition:
    """A version of a target's rule.

    ``number`` counts the versions from 1; the rule gives the figures of days from ``valid_from``
    on, until a later version does. ``goal`` is in percent. ``dates`` names the dates that the list
    tells of each thing, in order. ``reasons`` maps each code to whether it makes a thing count.

    ``listed(day)`` selects everything the figure of that day is made of, with the columns
    organization_id, kind ('service', 'consultation' or 'outside'), key (its slug, or its public
    identifier), name_fr, name_en, link (its own page elsewhere, or ''), counts, reason, and one
    column per name of ``dates``: a day or a moment. A date that is a day for some and a moment for
    others has a second column ``{name}_moment``. It takes nothing but public facts.
    """

    target: str
    number: int
    valid_from: date
    goal: int
    definition: LazyString
    formula: LazyString
    rules: tuple[LazyString, ...]
    dates: tuple[str, ...]
    reasons: Mapping[str, bool]
    listed: Callable[[date], Select[Any]]
