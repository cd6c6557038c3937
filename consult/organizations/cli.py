"""Commands for accounts."""

import click
from flask.cli import with_appcontext

from consult.db import db
from consult.organizations import services
from consult.organizations.errors import AccountExistsError


@click.command("create-admin")
@click.option("--email", prompt=True, help="Email address the person signs in with.")
@click.option("--name", prompt=True, help="Name shown beside what the person does.")
@click.password_option(help="At least 12 characters; asked for when not given.")
@with_appcontext
def create_admin(email: str, name: str, password: str) -> None:
    """Creates a central administrator, who sees every public body."""
    if len(password) < 12:
        raise click.UsageError("Choose a password of at least 12 characters.")
    try:
        services.create_account(email, name, password, is_central=True)
    except AccountExistsError as error:
        raise click.UsageError(f"An account already exists for {email}.") from error
    db.session.commit()
    click.echo(f"{email} can now sign in.")
