"""A draft's pages and questions: find, add, move, copy and remove them."""

import copy
from collections.abc import Iterator
from typing import Any

from consult.questionnaires.types import QUESTION_TYPES, Question
from consult.surveys.builder.errors import LastPageError, NotInDraftError
from consult.surveys.builder.naming import new_name
from consult.surveys.builder.references import renamed

#: A definition as JSON has it.
Definition = dict[str, Any]


def blank_definition() -> Definition:
    """One page without a word or a question."""
    return {"title": blank_text(), "sections": [new_page("page_1")]}


def blank_text() -> dict[str, str]:
    return {"fr": "", "en": "", "stale": ""}


def new_page(name: str) -> Definition:
    return {"name": name, "title": blank_text(), "intro": None, "relevant": "", "questions": []}


def find_page(definition: Definition, name: str) -> Definition:
    """The page of this name; raises ``NotInDraftError``."""
    page: Definition = definition["sections"][page_index(definition, name)]
    return page


def page_index(definition: Definition, name: str) -> int:
    names = page_names(definition)
    if name not in names:
        raise NotInDraftError()
    return names.index(name)


def page_names(definition: Definition) -> list[str]:
    return [page["name"] for page in definition["sections"]]


def find_question(definition: Definition, name: str) -> tuple[Definition, int]:
    """The page of the question of this name, and its place there; raises ``NotInDraftError``."""
    for page in definition["sections"]:
        for index, question in enumerate(page["questions"]):
            if question["name"] == name:
                return page, index
    raise NotInDraftError()


def questions_of(definition: Definition) -> Iterator[Definition]:
    """Every declared question, in order."""
    for page in definition["sections"]:
        yield from page["questions"]


def as_question(question: Definition) -> Question:
    """A question of a draft, read."""
    return QUESTION_TYPES[question["type"]].model_validate(question)


def flat_names(question: Definition) -> set[str]:
    """Its name and those of its parts: rows, and the words of "other"."""
    return {question["name"]} | {part.name for part in as_question(question).parts}


def names_in(definition: Definition) -> set[str]:
    """Every name that an answer may be kept under."""
    return {name for question in questions_of(definition) for name in flat_names(question)}


def move_page(definition: Definition, name: str, step: int) -> None:
    """Moves a page ``step`` places down (up when negative), as far as there is room."""
    _shift(definition["sections"], page_index(definition, name), step)


def move_question(definition: Definition, name: str, step: int) -> None:
    """Moves a question one place, ``step`` 1 or -1; from an end, to the page that is next."""
    page, index = find_question(definition, name)
    if 0 <= index + step < len(page["questions"]):
        return _shift(page["questions"], index, step)
    pages = definition["sections"]
    there = page_index(definition, page["name"]) + step
    if 0 <= there < len(pages):
        target = pages[there]["questions"]
        target.insert(0 if step > 0 else len(target), page["questions"].pop(index))
    return None


def _shift(items: list[Any], index: int, step: int) -> None:
    item = items.pop(index)
    items.insert(max(0, min(len(items), index + step)), item)


def to_page(definition: Definition, name: str, page: str) -> None:
    """Puts a question at the end of another page."""
    here, index = find_question(definition, name)
    if here["name"] != page:
        find_page(definition, page)["questions"].append(here["questions"].pop(index))


def duplicate_question(definition: Definition, name: str) -> str:
    """Copies a question below itself, under a new name; returns it."""
    page, index = find_question(definition, name)
    double = _copy_of(page["questions"][index], names_in(definition))
    page["questions"].insert(index + 1, double)
    return str(double["name"])


def duplicate_page(definition: Definition, name: str) -> str:
    """Copies a page and its questions below itself, under new names; returns the page's.

    What the copied questions say of each other is said of the copies.
    """
    place = page_index(definition, name)
    page = copy.deepcopy(definition["sections"][place])
    page["name"] = new_name(name, set(page_names(definition)))
    taken = names_in(definition)
    for question in list(page["questions"]):
        before, after = question["name"], new_name(question["name"], taken)
        changes = renaming(question, after)
        page = renamed(page, changes)
        next(q for q in page["questions"] if q["name"] == before)["name"] = after
        taken |= {after, *changes.values()}
    definition["sections"].insert(place + 1, page)
    return str(page["name"])


def _copy_of(question: Definition, taken: set[str]) -> Definition:
    name = new_name(question["name"], taken)
    double = renamed(copy.deepcopy(question), renaming(question, name))
    return {**double, "name": name}


def renaming(question: Definition, name: str) -> dict[str, str]:
    """Each of its flat names with the one it gets when the question is called ``name``."""
    before = question["name"]
    return {old: name + old.removeprefix(before) for old in flat_names(question)}


def delete_question(definition: Definition, name: str) -> None:
    page, index = find_question(definition, name)
    del page["questions"][index]


def delete_page(definition: Definition, name: str) -> None:
    """Removes a page and its questions; raises ``LastPageError`` for the only one."""
    index = page_index(definition, name)
    if len(definition["sections"]) == 1:
        raise LastPageError()
    del definition["sections"][index]
