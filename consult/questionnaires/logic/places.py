"""Pages and questions in the order in which their logic is evaluated."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.errors import DefinitionError, Problem
from consult.questionnaires.logic.rules import references
from consult.questionnaires.types import Calculated, Question


class Place(NamedTuple):
    """A page, or a question of one (``question``) with the keys of all it stands ``within``.

    ``path`` leads to it in the definition: 'sections[0].questions[2]'.
    """

    path: str
    relevant: str
    within: tuple[str, ...] = ()
    question: Question | None = None

    @property
    def calculation(self) -> str:
        return self.question.calculation if isinstance(self.question, Calculated) else ""


def places_of(questionnaire: Questionnaire) -> dict[str, Place]:
    """Every page and question, rows and the words of "other" too, by key, in order.

    The key of a question is its name, that of a page is ``page_key`` of its name.
    """
    return dict(_places(questionnaire))


def page_key(section: str) -> str:
    """The key of a page; no question has such a name."""
    return f"page {section}"


def _places(questionnaire: Questionnaire) -> Iterator[tuple[str, Place]]:
    for number, section in enumerate(questionnaire.sections):
        page, path = page_key(section.name), f"sections[{number}]"
        yield page, Place(path, section.relevant)
        for index, question in enumerate(section.questions):
            within = (page, question.name)
            place = f"{path}.questions[{index}]"
            yield question.name, Place(place, question.relevant, (page,), question)
            for part in question.parts:
                yield part.name, Place(f"{place}.{part.name}", part.relevant, within, part)


def in_order(places: Mapping[str, Place]) -> tuple[str, ...]:
    """The keys, each after all that decides whether it is relevant and what its value is.

    Raises ``DefinitionError`` with 'circular' (``name``) when there is no such order.
    """
    graph = {key: (*place.within, *_needs(place)) for key, place in places.items()}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise DefinitionError([_circular(places, error.args[1])]) from error


def _needs(place: Place) -> set[str]:
    return references(place.relevant) | references(place.calculation)


def _circular(places: Mapping[str, Place], cycle: list[str]) -> Problem:
    """The problem of the first expression that takes part in the circle."""
    key = next(key for key, place in places.items() if key in cycle and _needs(place) & set(cycle))
    place = places[key]
    field = "relevant" if references(place.relevant) & set(cycle) else "calculation"
    name = min(_needs(place) & set(cycle))
    return Problem(f"{place.path}.{field}", "circular", {"name": name})
