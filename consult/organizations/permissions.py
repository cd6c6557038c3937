"""Who may do what: one small named predicate per right, and one way to insist on it."""

from collections.abc import Callable

from consult.errors import NotAllowedError
from consult.organizations.models import Account, Organization, Role

Predicate = Callable[[Account, Organization], bool]


def role_in(actor: Account, organization: Organization) -> Role | None:
    """The actor's role in a public body; a central account is administrator of all."""
    if actor.is_central:
        return Role.ADMINISTRATOR
    roles = {m.organization_id: m.role for m in actor.memberships}
    return roles.get(organization.id)


def can_read_reports(actor: Account, organization: Organization) -> bool:
    """To read what was said, in figures and in words; an agent only enters answers."""
    return role_in(actor, organization) not in {None, Role.AGENT}


def can_run_analyses(actor: Account, organization: Organization) -> bool:
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.ANALYST}


def can_correct_codeframes(actor: Account, organization: Organization) -> bool:
    """To keep an analysis's themes, correct them and put comments in them; others only read."""
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.EDITOR, Role.ANALYST}


def can_manage_improvements(actor: Account, organization: Organization) -> bool:
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.EDITOR, Role.ANALYST}


def can_edit_consultations(actor: Account, organization: Organization) -> bool:
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.EDITOR}


def can_enter_answers(actor: Account, organization: Organization) -> bool:
    """To enter answers for people who gave them by phone, at a counter or on paper."""
    return role_in(actor, organization) in {
        Role.ADMINISTRATOR,
        Role.EDITOR,
        Role.ANALYST,
        Role.AGENT,
    }


def can_handle_feedback(actor: Account, organization: Organization) -> bool:
    """To tag, note, review and answer what people said of a service."""
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.EDITOR, Role.ANALYST}


def can_manage_services(actor: Account, organization: Organization) -> bool:
    return role_in(actor, organization) is Role.ADMINISTRATOR


def can_record_activities(actor: Account, organization: Organization) -> bool:
    """To record how citizens were involved, and share what was learned."""
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.EDITOR, Role.ANALYST}


def can_keep_register(actor: Account, organization: Organization) -> bool:
    """To keep the register: services, and consultations held elsewhere."""
    return role_in(actor, organization) in {Role.ADMINISTRATOR, Role.EDITOR}


def can_declare_indicators(actor: Account, organization: Organization) -> bool:
    """To declare the figures of the strategy that only the public body knows."""
    return role_in(actor, organization) is Role.ADMINISTRATOR


def can_manage_people(actor: Account, organization: Organization) -> bool:
    """To invite people to a public body, change their role and end their access."""
    return role_in(actor, organization) is Role.ADMINISTRATOR


def can_read_audit(actor: Account, organization: Organization) -> bool:
    return role_in(actor, organization) is Role.ADMINISTRATOR


def bodies_where(allowed: Predicate, actor: Account) -> list[Organization]:
    """The public bodies, among those of the actor's roles, where ``allowed`` grants the right."""
    return [m.organization for m in actor.memberships if allowed(actor, m.organization)]


def allowed_somewhere(allowed: Predicate, actor: Account) -> bool:
    """True when ``allowed`` grants the right in a public body at least."""
    return actor.is_central or bool(bodies_where(allowed, actor))


def require_somewhere(allowed: Predicate, actor: Account) -> None:
    """Raises ``NotAllowedError`` unless ``allowed`` grants the right in a body at least.

    For pages that list things of several public bodies.
    """
    if not allowed_somewhere(allowed, actor):
        raise NotAllowedError()


def require_central(actor: Account) -> None:
    """Raises ``NotAllowedError`` to everyone but the central accounts."""
    if not actor.is_central:
        raise NotAllowedError()


def require(allowed: Predicate, actor: Account, organization: Organization) -> None:
    """Raises ``NotAllowedError`` unless ``allowed`` grants the right."""
    if not allowed(actor, organization):
        raise NotAllowedError()
