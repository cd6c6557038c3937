"""A questionnaire while it is read from another program's file, with where each part came from."""

from dataclasses import dataclass, field
from typing import Any

from consult.questionnaires.importing.outcome import Loss, LossKind, Place, Renamed

#: Fields of a question that are expressions, and each stands in one place.
RULES = ("required_if", "constraint", "choice_filter", "calculation")


def text(fr: str = "", en: str = "") -> dict[str, str]:
    """A text as a definition has it."""
    return {"fr": fr, "en": en}


@dataclass
class Rule:
    """A condition to be shown; all of a question's have to hold."""

    expression: str
    place: Place


@dataclass
class Asked:
    """A declared question: its fields without ``relevant``, and the column each came from."""

    place: Place
    fields: dict[str, Any]
    relevant: list[Rule] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    #: The rows of the choices, and of the lines of a matrix, in their order.
    items: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.fields["name"])

    def definition(self) -> dict[str, Any]:
        return {**self.fields, "relevant": _all_of(self.relevant)}


@dataclass
class Page:
    """A section."""

    place: Place
    name: str
    title: dict[str, Any]
    intro: dict[str, Any] | None = None
    relevant: list[Rule] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def definition(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.title,
            "intro": self.intro,
            "relevant": _all_of(self.relevant),
            "questions": [asked.definition() for asked in self.asked],
        }


@dataclass
class Draft:
    """The whole. ``gone`` are the names that something may speak of and that nothing bears."""

    title: dict[str, Any]
    pages: list[Page] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    rows: set[Place] = field(default_factory=set)

    def lose(self, place: Place, kind: LossKind, **params: str) -> None:
        self.losses.append(Loss(place, kind, params))

    @property
    def asked(self) -> list[Asked]:
        return [asked for page in self.pages for asked in page.asked]

    def definition(self) -> dict[str, Any]:
        return {"title": self.title, "sections": [page.definition() for page in self.pages]}


def _all_of(rules: list[Rule]) -> str:
    if len(rules) == 1:
        return rules[0].expression
    return " and ".join(f"({rule.expression})" for rule in rules)


def texts_in(value: object) -> list[dict[str, str]]:
    """Every text inside a part of a definition, to be changed in place."""
    if isinstance(value, list | tuple):
        return [found for item in value for found in texts_in(item)]
    if not isinstance(value, dict):
        return []
    if "fr" in value and "en" in value:
        return [value]
    return [found for item in value.values() for found in texts_in(item)]
