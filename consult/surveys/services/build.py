"""Writing a questionnaire: one verb per thing an editor does to the draft."""

from consult.questionnaires import DefinitionError, Problem
from consult.surveys.builder import document
from consult.surveys.builder.checking import Fault, faults
from consult.surveys.builder.document import Definition
from consult.surveys.builder.errors import StillUsedError
from consult.surveys.builder.naming import new_name
from consult.surveys.builder.references import Use, choice_uses, renamed, uses
from consult.surveys.builder.staleness import mark_stale, texts_in
from consult.surveys.services.draft import Change, Editing, ReadAgain, changing

#: How the path of a fault begins that is not in what was changed.
_ELSEWHERE = "questions."


def save_title(editing: Editing, title: dict[str, str], read: ReadAgain) -> None:
    """Writes the questionnaire's title, 'fr' and 'en'."""
    with changing(editing) as change:
        change.after["title"] = title
        _mark({"title": change.before["title"]}, {"title": title}, read)


def add_page(editing: Editing) -> str:
    """Adds a page without words at the end; returns its name."""
    with changing(editing) as change:
        name = new_name("page_1", document.page_names(change.after))
        change.after["sections"].append(document.new_page(name))
    return name


def save_page_words(editing: Editing, name: str, words: Definition, read: ReadAgain) -> None:
    """Writes the ``title``, ``intro`` and ``relevant`` of a page; raises ``DefinitionError``."""
    with changing(editing) as change:
        before = document.find_page(change.before, name)
        page = document.find_page(change.after, name)
        page |= words
        _mark({key: before[key] for key in words}, words, read)
        _refuse_new_faults(change, page=name)


def move_page(editing: Editing, name: str, step: int) -> None:
    """Moves a page up (-1) or down (1)."""
    with changing(editing) as change:
        document.move_page(change.after, name, step)


def duplicate_page(editing: Editing, name: str) -> str:
    """Copies a page below itself; returns the copy's name."""
    with changing(editing) as change:
        return document.duplicate_page(change.after, name)


def delete_page(editing: Editing, name: str) -> None:
    """Removes a page; raises ``StillUsedError`` when another speaks of its questions."""
    with changing(editing) as change:
        document.delete_page(change.after, name)
        _refuse_orphans(change)


def add_question(editing: Editing, page: str, question: Definition) -> str:
    """Puts a question at the end of a page; returns its name, made different from the others.

    ``question`` may lack words. Raises ``DefinitionError`` with paths that start at the question.
    """
    with changing(editing) as change:
        name = new_name(question["name"], document.names_in(change.after))
        question = {**question, "name": name}
        _mark({}, question, ReadAgain())
        document.find_page(change.after, page)["questions"].append(question)
        _refuse_new_faults(change, question=name)
        _complete(change, name)
    return name


def save_question(
    editing: Editing, name: str, page: str, question: Definition, read: ReadAgain
) -> str:
    """Writes a question anew, on a page; returns its name, which may have changed.

    ``question`` may lack words. Raises ``DefinitionError`` with paths that start at the question,
    and ``StillUsedError`` when others speak of what it loses.
    """
    with changing(editing) as change:
        _refuse_lost_choices(change.before, name, question)
        _mark(_question(change.before, name), question, read)
        _replace(change, name, question)
        name = question["name"]
        document.to_page(change.after, name, page)
        _refuse_new_faults(change, question=name)
        _refuse_orphans(change)
        _complete(change, name)
    return name


def move_question(editing: Editing, name: str, step: int) -> None:
    """Moves a question up (-1) or down (1), to the next page from an end of its own."""
    with changing(editing) as change:
        document.move_question(change.after, name, step)


def duplicate_question(editing: Editing, name: str) -> str:
    """Copies a question below itself; returns the copy's name."""
    with changing(editing) as change:
        return document.duplicate_question(change.after, name)


def delete_question(editing: Editing, name: str) -> None:
    """Removes a question; raises ``StillUsedError`` when others speak of it."""
    with changing(editing) as change:
        document.delete_question(change.after, name)
        _refuse_orphans(change)


def _question(definition: Definition, name: str) -> Definition:
    page, index = document.find_question(definition, name)
    found: Definition = page["questions"][index]
    return found


def _replace(change: Change, name: str, question: Definition) -> None:
    """Puts ``question`` in the place of the one called ``name``; a new name is used everywhere."""
    if question["name"] != name:
        changes = document.renaming(_question(change.before, name), question["name"])
        taken = document.names_in(change.before) - changes.keys()
        if question["name"] in taken:
            raise DefinitionError([Problem("name", "duplicate_name", {"name": question["name"]})])
        change.after = renamed(change.after, changes)
        question = renamed(question, changes)
    page, index = document.find_question(change.after, name)
    page["questions"][index] = question


def _complete(change: Change, name: str) -> None:
    """Writes a question with every key of its type, as a version has it."""
    page, index = document.find_question(change.after, name)
    whole = document.as_question(page["questions"][index]).model_dump(mode="json")
    page["questions"][index] = whole


def _mark(before: Definition, after: Definition, read: ReadAgain) -> None:
    mark_stale(before, after, None if read.changed else read.places)
    for place, text in texts_in(after):
        if place in read.places:
            text["stale"] = ""


def _refuse_new_faults(change: Change, page: str = "", question: str = "") -> None:
    """Raises ``DefinitionError`` with what a change puts at fault, in the page or question named.

    What it puts at fault elsewhere has the path 'questions.<name>.<path>'.
    """
    known = set(map(_key, faults(change.before)))
    new = [
        _from_here(fault, page, question)
        for fault in faults(change.after)
        if _key(fault) not in known
    ]
    if told := [problem for problem in new if not _is_orphan(problem)]:
        raise DefinitionError(told)


def _key(fault: Fault) -> tuple[str, str, str, str]:
    return fault.page, fault.question, fault.problem.path, fault.problem.code


def _from_here(fault: Fault, page: str, question: str) -> Problem:
    here = fault.question == question if question else fault.page == page and not fault.question
    if here or not fault.page:
        return fault.problem
    path = f"{_ELSEWHERE}{fault.question or fault.page}.{fault.problem.path}"
    return Problem(path, fault.problem.code, fault.problem.params)


def _is_orphan(problem: Problem) -> bool:
    """True of a mention, elsewhere, of what a change takes away: ``_refuse_orphans`` tells it."""
    return problem.path.startswith(_ELSEWHERE) and problem.code == "unknown_reference"


def _refuse_orphans(change: Change) -> None:
    """Raises ``StillUsedError`` when a change takes away an answer that others use."""
    lost = document.names_in(change.before) - document.names_in(change.after)
    if orphans := [use for use in uses(change.after) if use.name in lost]:
        raise StillUsedError(orphans)


def _refuse_lost_choices(definition: Definition, name: str, question: Definition) -> None:
    """Raises ``StillUsedError`` when an expression compares with a choice that goes."""
    before = _question(definition, name)
    kept = {choice["name"] for choice in question.get("choices", ())}
    lost = [c["name"] for c in before.get("choices", ()) if c["name"] not in kept]
    names = document.flat_names(before)
    found: list[Use] = [
        use for choice in lost for flat in names for use in choice_uses(definition, flat, choice)
    ]
    if found:
        raise StillUsedError(found)
