"""What a file would change in the register: line by line, with what is wrong, before it is done."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from consult.catalogues import LOCALES
from consult.organizations.models import Account, Organization
from consult.register.csv_files.cells import CellError
from consult.register.csv_files.kinds import Kind, Known
from consult.register.csv_files.reading import Row, read_rows
from consult.register.csv_files.tables import Column, values_of
from consult.register.errors import EntryRefusedError
from consult.searching.asked import fold
from consult.spreadsheet_cells import without_mark


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: its line, its column, and what to write."""

    line: int
    column: LazyString | str
    message: LazyString


@dataclass(frozen=True)
class Step:
    """What one line does: it adds an entry, or changes ``fields`` of ``target``, or none."""

    line: int
    identifier: str
    entry: Any
    target: Any = None
    columns: tuple[Column, ...] = ()

    @property
    def does(self) -> str:
        """'add', 'change' or 'nothing'."""
        if self.target is None:
            return "add"
        return "change" if self.columns else "nothing"


@dataclass
class Plan:
    """All of a file: what its lines do, unless there is a problem."""

    kind: Kind
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, does: str) -> int:
        return sum(step.does == does for step in self.steps)

    @property
    def digest(self) -> str:
        """Tells this plan from another: SHA-256 over what each line does."""
        told = [
            (s.line, s.does, s.identifier, [c.name for c in s.columns], values_of(s.entry))
            for s in self.steps
        ]
        return hashlib.sha256(repr((told, len(self.problems))).encode()).hexdigest()


def plan_of(kind: Kind, organization: Organization, text: str) -> Plan:
    """What the file's ``text`` would change in a public body's register; a few queries.

    Raises ``FileUnreadableError``.
    """
    heading, *rows = read_rows(text)
    plan = Plan(kind)
    columns = _columns(kind, heading, plan)
    if not plan.problems:
        known = kind.known(organization)
        lines: dict[str, int] = {}
        for row in rows:
            _read_line(plan, columns, row, organization, known, lines)
    if not plan.problems and not plan.steps:
        plan.problems.append(Problem(heading.line, "", _l("Add a line under the headings.")))
    return plan


def carry_out(plan: Plan, actor: Account, organization: Organization, now: datetime) -> None:
    """Does all that the plan says, in the caller's transaction."""
    for step in plan.steps:
        if step.target is None:
            plan.kind.add(actor, organization, step.identifier, step.entry, now)
        elif step.columns:
            plan.kind.change(actor, step.target, step.entry, now)


def _columns(kind: Kind, heading: Row, plan: Plan) -> list[Column | None]:
    """The column of each heading, in either language; None under an empty one."""
    known: dict[str, Column] = {}
    for one in kind.columns:
        known[fold(one.name)] = one
        for locale in LOCALES.values():
            with force_locale(locale):
                known[fold(str(one.heading))] = one
    found: list[Column | None] = []
    for cell in heading.cells:
        name = without_mark(cell).strip()
        column: Column | None = known.get(fold(name))
        if name and column is None:
            words = ", ".join(str(each.heading) for each in kind.columns)
            message = _l("This heading is not known. Use any of these: %(words)s.", words=words)
            plan.problems.append(Problem(heading.line, name, message))
        elif column is not None and column in found:
            message = _l("This heading stands twice. Keep one of the two columns.")
            plan.problems.append(Problem(heading.line, name, message))
        found.append(column)
    return found


def _read_line(
    plan: Plan,
    columns: list[Column | None],
    row: Row,
    organization: Organization,
    known: Known,
    lines: dict[str, int],
) -> None:
    values: dict[str, Any] = {}
    before = len(plan.problems)
    if any(cell.strip() for cell in row.cells[len(columns) :]):
        message = _l("This line has more cells than headings. Put texts between quotation marks.")
        plan.problems.append(Problem(row.line, "", message))
    by_name = {column.name: column for column in plan.kind.columns}
    for column, cell in zip(columns, row.cells, strict=False):
        if column is None:
            continue
        try:
            values[column.name] = column.read(without_mark(cell.strip()))
        except CellError as error:
            plan.problems.append(Problem(row.line, column.heading, error.message))
    body = values.pop("body", "")
    if body and body != organization.slug:
        message = _l("Write %(slug)s, or leave this cell empty.", slug=organization.slug)
        plan.problems.append(Problem(row.line, by_name["body"].heading, message))
    if len(plan.problems) > before:
        return
    try:
        step = _step(plan.kind, row.line, values, known)
        if step.does != "nothing":
            step.entry.check()
    except EntryRefusedError as error:
        at_fault = by_name.get(error.field)
        problem = Problem(row.line, at_fault.heading if at_fault else "", error.message)
        plan.problems.append(problem)
        return
    first = lines.setdefault(step.identifier, row.line) if step.identifier else row.line
    if first != row.line:
        message = _l("This entry already stands on line %(line)s. Keep one of the two.", line=first)
        plan.problems.append(Problem(row.line, by_name["identifier"].heading, message))
        return
    plan.steps.append(step)


def _step(kind: Kind, line: int, values: Mapping[str, Any], known: Known) -> Step:
    told = dict(values)
    identifier, target = known.named(told.pop("identifier", ""), told)
    before = values_of(kind.entry_of(target)) if target is not None else dict(kind.blank)
    _keep_near(before, told)
    entry = kind.build({**before, **told})
    if target is None:
        return Step(line, identifier, entry)
    changes = [c for c in kind.columns if c.name in told and before[c.name] != told[c.name]]
    return Step(line, identifier, entry, target, tuple(changes))


def _keep_near(before: Mapping[str, Any], told: dict[str, Any]) -> None:
    """A share that only lost its last digits on its way through a file is the same."""
    old, new = before.get("take_up"), told.get("take_up")
    if old is not None and new is not None and abs(old - new) < 1e-9:
        told["take_up"] = old
