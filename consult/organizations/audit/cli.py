"""Commands for the audit trail."""

import click
from flask.cli import with_appcontext

from consult.db import reading
from consult.organizations.audit.verifying import verify as follow


@click.group("audit")
def audit() -> None:
    """The audit trail: who did what, when."""


@audit.command("verify")
@with_appcontext
def verify() -> None:
    """Checks that no event was changed, added in between or taken out; tells the first that was.

    Note the digest it prints somewhere else: with it, whoever cuts the end off is found out too.
    """
    with reading():
        found = follow()
        if found.broken is not None:
            event = found.broken
            raise click.ClickException(
                f"the chain breaks after {found.events:,} events, "
                f"at {event.public_id} of {event.at:%Y-%m-%d %H:%M:%S} UTC ({event.action})"
            )
    click.echo(f"{found.events:,} events follow each other. The last digest: {found.digest}")
