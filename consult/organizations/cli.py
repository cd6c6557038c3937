"""Commands for public bodies, their services and the people who work there."""

from datetime import datetime

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from consult.catalogues import LOCALES
from consult.db import Localized, db
from consult.organizations import queries, services
from consult.organizations.accounts.strength import check_strength
from consult.organizations.errors import (
    AccountExistsError,
    OriginRefusedError,
    PasswordRefusedError,
    SlugTakenError,
)
from consult.organizations.forms.people import MAX_SLUG_LENGTH, SLUG
from consult.organizations.models import Account, Organization, Role
from consult.organizations.origins import parse_origin

_password = click.password_option(help="At least 12 characters; asked for when not given.")


def _account(email: str, name: str, password: str, *, is_central: bool) -> Account:
    try:
        check_strength(password, [email, name])
    except PasswordRefusedError as error:
        with force_locale(LOCALES["en"]):
            raise click.UsageError(str(error.message)) from error
    try:
        return services.create_account(email, name, password, is_central=is_central)
    except AccountExistsError as error:
        raise click.UsageError(f"An account already exists for {email}.") from error


def _organization(slug: str) -> Organization:
    organization = queries.organization_by_slug(slug)
    if organization is None:
        raise click.UsageError(f"No public body is called {slug}: add it with add-organization.")
    return organization


def _plain_slug(_context: click.Context, _parameter: click.Parameter, slug: str) -> str:
    if len(slug) > MAX_SLUG_LENGTH or not SLUG.fullmatch(slug):
        raise click.BadParameter("Use small letters without accents, digits and hyphens.")
    return slug


def _origins(
    _context: click.Context, _parameter: click.Parameter, lines: tuple[str, ...]
) -> list[str]:
    try:
        return [parse_origin(line) for line in lines]
    except OriginRefusedError as error:
        raise click.BadParameter(
            f"{error.line}: write each site as https://www.example.org, without a path."
        ) from error


@click.command("create-admin")
@click.option("--email", prompt=True, help="Email address the person signs in with.")
@click.option("--name", prompt=True, help="Name shown beside what the person does.")
@_password
@with_appcontext
def create_admin(email: str, name: str, password: str) -> None:
    """Creates a central administrator, who sees every public body."""
    _account(email, name, password, is_central=True)
    db.session.commit()
    click.echo(f"{email} can now sign in.")


@click.command("add-staff")
@click.argument("organization")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--email", prompt=True, help="Email address the person signs in with.")
@click.option("--name", prompt=True, help="Name shown beside what the person does.")
@_password
@with_appcontext
def add_staff(organization: str, role: str, email: str, name: str, password: str) -> None:
    """Creates an account with a role in the public body ORGANIZATION."""
    body = _organization(organization)
    services.grant_role(_account(email, name, password, is_central=False), body, Role(role))
    db.session.commit()
    click.echo(f"{email} can now sign in as {role} of {organization}.")


@click.command("add-organization")
@click.argument("slug", callback=_plain_slug)
@click.option("--name-fr", required=True)
@click.option("--name-en", required=True)
@with_appcontext
def add_organization(slug: str, name_fr: str, name_en: str) -> None:
    """Adds a public body, known as SLUG in addresses."""
    try:
        services.add_organization(slug, Localized(name_fr, name_en), Localized())
    except SlugTakenError as error:
        raise click.UsageError(f"A public body is already called {slug}.") from error
    db.session.commit()
    click.echo(f"{slug} is added.")


@click.command("add-service")
@click.argument("organization")
@click.argument("slug", callback=_plain_slug)
@click.option("--name-fr", required=True)
@click.option("--name-en", required=True)
@click.option("--launched-on", type=click.DateTime(["%Y-%m-%d"]), help="Such as 2026-11-23.")
@click.option("--new/--not-new", "is_new", default=False, help="Is it a new service?")
@click.option("--digital/--not-digital", "is_digital", default=True, help="Is it digital?")
@click.option("--channel", "channels", multiple=True, help="web, phone, counter, mail …")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    callback=_origins,
    help="A site that may show the widget, such as https://www.example.org.",
)
@with_appcontext
def add_service(
    organization: str,
    slug: str,
    name_fr: str,
    name_en: str,
    launched_on: datetime | None,
    is_new: bool,
    is_digital: bool,
    channels: tuple[str, ...],
    origins: list[str],
) -> None:
    """Adds a digital service SLUG to the public body ORGANIZATION, and prints its widget key."""
    try:
        service = services.add_service(
            _organization(organization),
            slug,
            Localized(name_fr, name_en),
            launched_on=launched_on.date() if launched_on else None,
            is_new=is_new,
            is_digital=is_digital,
            channels=list(channels),
            allowed_origins=origins,
        )
    except SlugTakenError as error:
        raise click.UsageError(f"A service is already called {slug}.") from error
    db.session.commit()
    click.echo(f"{slug} is added; its widget key is {service.key}")
