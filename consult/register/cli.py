"""Commands that bring the register in and take it out."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from consult.catalogues import LOCALES
from consult.db import db, utc_now
from consult.organizations.models import Account, Organization
from consult.organizations.queries import account_by_email, organization_by_slug
from consult.register.csv_files.kinds import SERVICES
from consult.register.csv_files.planning import Plan, carry_out, plan_of
from consult.register.csv_files.reading import decoded
from consult.register.csv_files.writing import file_of
from consult.register.errors import FileUnreadableError

_organization = click.option("--organization", "slug", required=True, help="Its short name.")


@click.command("import-services")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_organization
@click.option("--as", "email", required=True, help="Email address of who does it, for the trail.")
@click.option("--check", is_flag=True, help="Only tell what the file would change.")
@with_appcontext
def import_services(file: Path, slug: str, email: str, *, check: bool) -> None:
    """Brings a CSV file of digital services into the register, all of it or nothing."""
    body, actor = _body(slug), _actor(email)
    with force_locale(LOCALES["en"]):
        try:
            plan = plan_of(SERVICES, body, decoded(file.read_bytes()))
        except FileUnreadableError as error:
            raise click.ClickException(str(error.message)) from error
        _refuse(plan)
    if not check:
        carry_out(plan, actor, body, utc_now())
        db.session.commit()
    said = "would be" if check else "were"
    click.echo(
        f"{plan.count('add'):,} services {said} added, {plan.count('change'):,} changed, "
        f"{plan.count('nothing'):,} left as they are."
    )


@click.command("export-services")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_organization
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", help="Of the headings.")
@with_appcontext
def export_services(file: Path, slug: str, lang: str) -> None:
    """Writes the digital services of a public body to a CSV file."""
    file.write_bytes(file_of(SERVICES, _body(slug), lang))
    click.echo(f"Written to {file}.")


def _refuse(plan: Plan) -> None:
    if not plan.problems:
        return
    for problem in plan.problems:
        click.echo(f"line {problem.line}, {problem.column or '-'}: {problem.message}", err=True)
    raise click.ClickException(f"{len(plan.problems):,} things to fix; nothing was written")


def _body(slug: str) -> Organization:
    body = organization_by_slug(slug)
    if body is None:
        raise click.UsageError(f"No public body is called {slug}: add it with add-organization.")
    return body


def _actor(email: str) -> Account:
    account = account_by_email(email)
    if account is None:
        raise click.UsageError(f"Nobody has the address {email}.")
    return account
