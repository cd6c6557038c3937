"""From groups to pages, and from rows to the questions on them."""

from consult.questionnaires.importing import Asked, Page, Rule, question_name, text
from consult.questionnaires.xlsform.groups import Node, is_matrix
from consult.questionnaires.xlsform.lists import mark_stale
from consult.questionnaires.xlsform.matrices import read_matrix
from consult.questionnaires.xlsform.questions import conditions, read_question
from consult.questionnaires.xlsform.reading import Reading
from consult.questionnaires.xlsform.records import OURS, Record


def read_pages(reading: Reading, nodes: list[Node]) -> None:
    """Fills the draft: a page per outer group, and one for what stands between two."""
    loose: Page | None = None
    for node in nodes:
        if node.is_group and not is_matrix(node) and node.kind.type != "loop":
            loose = None
            _read_page(reading, node)
            continue
        if loose is None:
            loose = _plain_page(reading, node)
            reading.draft.pages.append(loose)
        _read_into(reading, loose, node, [])


def _plain_page(reading: Reading, node: Node) -> Page:
    """A page for questions outside any group, called 'Page 2' in both languages."""
    number = len(reading.draft.pages) + 1
    title = f"Page {number}"
    name = reading.page_names.give(f"page_{number}")
    return Page(node.record.place, name, text(title, title))


def _read_page(reading: Reading, node: Node) -> None:
    record = node.record
    title = record.text("label")
    number = f"Page {len(reading.draft.pages) + 1}"
    name = record.get("name") or number
    wanted = record.get(f"{OURS}name") or question_name(name)
    page = Page(
        reading.carry(record),
        reading.page_names.give(wanted),
        title or (text() if reading.exact else text(number, number)),
        relevant=conditions(record),
    )
    holder = {"label": page.title}
    mark_stale(holder, record.get(f"{OURS}stale"))
    page.title = holder["label"]
    _look(reading, node)
    reading.draft.pages.append(page)
    for child in node.children:
        _read_into(reading, page, child, [])


def _look(reading: Reading, node: Node) -> None:
    """A group's appearance that pages have anyway; a repeated group is asked once, which is told.

    A table that is not quite one keeps its questions, and its appearance is listed.
    """
    if node.record.peek("appearance") in ("field-list", ""):
        node.record.get("appearance")
    if node.kind.type == "repeat":
        node.record.get("repeat_count")
        reading.draft.lose(node.record.at("type"), "asked_once", name=node.record.get("name"))


def _read_into(reading: Reading, page: Page, node: Node, relevant: list[Rule]) -> None:
    """Puts a row, or all of a group inside a page, on the page."""
    record = node.record
    if node.kind.role == "lost":
        reading.lose(record, node.kind.reason, type=record.get("type"))
    elif node.kind.type == "loop":
        _lose_all(reading, node)
    elif is_matrix(node):
        page.asked.append(read_matrix(reading, node, relevant))
    elif node.is_group:
        _read_inner_group(reading, page, node, relevant)
    elif record.peek(f"{OURS}type") == "intro":
        page.intro = _words(reading, record)
    elif record.peek(f"{OURS}part_of"):
        _read_other(reading, page, record)
    else:
        page.asked.append(read_question(reading, record, node.kind, relevant))


def _lose_all(reading: Reading, node: Node) -> None:
    reading.lose(node.record, "loop", type=node.record.get("type"))
    for child in node.children:
        _lose_all(reading, child)


def _read_inner_group(reading: Reading, page: Page, node: Node, relevant: list[Rule]) -> None:
    """A group inside a page: its label becomes a heading, its condition that of its questions."""
    rules = [*relevant, *conditions(node.record)]
    _look(reading, node)
    if label := node.record.text("label"):
        name = reading.names.give(question_name(node.record.get("name") or page.name))
        fields = {"type": "heading", "name": name, "label": label}
        page.asked.append(Asked(node.record.place, fields, list(rules)))
    node.record.get("name")
    reading.carry(node.record)
    for child in node.children:
        _read_into(reading, page, child, rules)


def _words(reading: Reading, record: Record) -> dict[str, str]:
    """The text of a row that is not a question of its own."""
    holder = {"label": record.text("label") or text()}
    mark_stale(holder, record.get(f"{OURS}stale"))
    reading.carry(record)
    record.ignore()
    return holder["label"]


def _read_other(reading: Reading, page: Page, record: Record) -> None:
    """The words asked of who chose "other", which belong to the question they specify."""
    whole = record.get(f"{OURS}part_of")
    asked = next((asked for asked in page.asked if asked.name == whole), None)
    if asked is None:
        reading.draft.lose(record.place, "no_whole", name=whole)
        record.ignore()
        return
    reading.names.give(f"{whole}_other")
    reading.know(record, record.get("name"), f"{whole}_other")
    asked.fields["other"] = _words(reading, record)
