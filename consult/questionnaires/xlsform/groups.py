"""Rows between 'begin' and 'end': which are inside which."""

from dataclasses import dataclass, field

from consult.questionnaires.importing import Draft, ImportRefusedError
from consult.questionnaires.xlsform.kinds import Kind, kind_of
from consult.questionnaires.xlsform.records import OURS, Record, Table

#: How many groups may stand one inside the other.
DEEPEST = 20

#: A question with anything else than these is more than a line of a table.
OF_A_LINE = {"type", "name", "label", "required", "appearance", "choice_filter", "consult::columns"}


@dataclass
class Node:
    """A row; a group's holds its ``children``."""

    record: Record
    kind: Kind
    children: list["Node"] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.kind.role == "begin"


def read_groups(draft: Draft, table: Table) -> list[Node]:
    """The rows as a tree; those that are nothing are listed. Raises ``ImportRefusedError``."""
    top: list[Node] = []
    still_open: list[Node] = []
    for record in table.records:
        kind = _kind(draft, record)
        if kind is None:
            continue
        if kind.role == "end":
            if not still_open:
                raise ImportRefusedError.because("group_not_open", record.at("type"))
            still_open.pop()
            draft.rows.add(record.place)
            record.ignore()
            continue
        node = Node(record, kind)
        (still_open[-1].children if still_open else top).append(node)
        if node.is_group:
            still_open.append(node)
        if len(still_open) > DEEPEST:
            place = record.at("type")
            raise ImportRefusedError.because("nested_too_deep", place, max=str(DEEPEST))
    if still_open:
        raise ImportRefusedError.because("group_not_closed", still_open[-1].record.at("type"))
    return top


def _kind(draft: Draft, record: Record) -> Kind | None:
    """What a row is; None for those that are listed and left."""
    if record.peek("disabled").lower() in ("yes", "true"):
        draft.lose(record.place, "disabled", name=record.get("name"))
        record.ignore()
        return None
    written = record.get("type")
    if not written:
        if record.cells:
            words = next(iter(record.cells.values()))
            draft.lose(record.place, "no_type", label=words[:200])
        record.ignore()
        return None
    kind = kind_of(written)
    if not kind.role:
        place = record.at("type")
        raise ImportRefusedError.because("unknown_type", place, type=written[:80])
    return kind


def is_matrix(node: Node) -> bool:
    """True for a group that puts the same choices to each of several statements."""
    if node.kind != Kind("begin", "group") or not node.children:
        return False
    if node.record.peek(f"{OURS}type") == "matrix":
        return True
    lines = [child.record for child in node.children]
    looks = [line.peek("appearance") for line in lines]
    in_a_table = "table-list" in node.record.peek("appearance")
    return (in_a_table or _under_a_header(looks)) and _are_alike(node.children)


def _under_a_header(looks: list[str]) -> bool:
    return len(looks) > 1 and looks[0] == "label" and set(looks[1:]) == {"list-nolabel"}


def _are_alike(children: list[Node]) -> bool:
    """True for plain questions that choose one answer from one list, under the same rules."""
    shared = {
        (child.kind, child.record.peek("required"), child.record.peek("choice_filter"))
        for child in children
    }
    kind = children[0].kind
    plain = all({c.key for c in child.record.cells} <= OF_A_LINE for child in children)
    return kind.type == "one_choice" and not kind.or_other and plain and len(shared) == 1
