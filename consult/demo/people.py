"""The demo's people: members of each public body, and somebody who is invited."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from consult.demo.content import read_json
from consult.organizations import services
from consult.organizations.accounts.invitations import invite, join
from consult.organizations.models import Account, Organization, Role


def load_people(actor: Account, bodies: Mapping[str, Organization], now: datetime) -> int:
    """Invites everyone of ``people.json``, and has those join who did; returns how many.

    Nobody gave them a password: they stand beside what is shown, and cannot sign in.
    """
    found = read_json("people.json")
    for person in found:
        role, sent = Role(person["role"]), now - timedelta(days=3)
        email, body = person["email"], bodies[person["body"]]
        invitation, _token = invite(actor, body, email, role, person["lang"], sent)
        if person["joined"]:
            account = services.create_account(email, person["name"], None)
            join(account, invitation, now - timedelta(days=2))
    return len(found)
