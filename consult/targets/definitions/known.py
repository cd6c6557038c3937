"""Every version of every definition, and the one that holds on a day."""

from collections.abc import Iterable
from datetime import date

from consult.targets.definitions import designed_v1, digital_consultations_v1, evolving_v1
from consult.targets.definitions.base import Definition, DefinitionNotKnownError

DESIGNED, EVOLVING = designed_v1.TARGET, evolving_v1.TARGET
DIGITAL_CONSULTATIONS = digital_consultations_v1.TARGET

#: The three targets, in the strategy's order.
TARGETS = (DESIGNED, EVOLVING, DIGITAL_CONSULTATIONS)

_definitions = [
    designed_v1.DEFINITION,
    evolving_v1.DEFINITION,
    digital_consultations_v1.DEFINITION,
]


def all_definitions(target: str | None = None) -> list[Definition]:
    """Every version of a target's definition, or of all, the oldest first."""
    wanted: Iterable[Definition] = _definitions
    if target is not None:
        wanted = (one for one in _definitions if one.target == target)
    return sorted(wanted, key=lambda one: (TARGETS.index(one.target), one.number))


def definition_of(target: str, number: int) -> Definition:
    """One version; raises ``DefinitionNotKnownError``."""
    for one in _definitions:
        if (one.target, one.number) == (target, number):
            return one
    raise DefinitionNotKnownError(f"{target} {number}")


def definition_on(target: str, day: date) -> Definition:
    """The version that gives a target's figure of a day; raises ``DefinitionNotKnownError``."""
    valid = [one for one in all_definitions(target) if one.valid_from <= day]
    if not valid:
        raise DefinitionNotKnownError(f"{target} {day}")
    return valid[-1]
