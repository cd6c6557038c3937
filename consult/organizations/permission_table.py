"""Each right by role, as a table of a document: told by the predicates themselves."""

import inspect

from consult.organizations import permissions
from consult.organizations.models import Account, Membership, Organization, Role
from consult.organizations.permissions import Predicate


def rights() -> dict[str, Predicate]:
    """Every predicate of ``permissions``, by its name."""
    found = inspect.getmembers(permissions, inspect.isfunction)
    return {name: function for name, function in found if name.startswith("can_")}


def roles_with(right: Predicate) -> list[Role]:
    """The roles that a predicate grants a right to."""
    body = Organization(id=1)

    def somebody(role: Role) -> Account:
        return Account(is_central=False, memberships=[Membership(organization_id=1, role=role)])

    return [role for role in Role if right(somebody(role), body)]


def rights_table() -> list[str]:
    """The lines of a table, a right on each: its name in words, then who has it."""
    head = "| right | " + " | ".join(role.value for role in Role) + " |"
    lines = [head, "| --- |" + " --- |" * len(Role)]
    for name, right in rights().items():
        having = roles_with(right)
        cells = " | ".join("yes" if role in having else "" for role in Role)
        lines.append(f"| {name.removeprefix('can_').replace('_', ' ')} | {cells} |")
    return lines
