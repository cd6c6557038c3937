"""Commands: everything into one file, and back."""

from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from consult.backup.archive import Manifest, check, key_mark, write_archive
from consult.backup.errors import ArchiveBrokenError, DatabaseNotEmptyError
from consult.backup.restoring import put_files, put_rows, require_empty
from consult.config import Settings
from consult.db import db, utc_now


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())


def _revision() -> str:
    """Where the database stands; raises ``UsageError`` unless this version can read it."""
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    wanted = _scripts().get_current_head()
    if found != wanted:
        raise click.UsageError(
            "The database is not at the revision of this version of consult. Make the backup with"
            " the version that runs, or bring the database up first with: consult db upgrade"
        )
    return str(found)


def _one_state() -> dict[str, Any]:
    """Options of a connection that sees one state of the database, and holds nobody up."""
    if db.engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {"reads_only": True}


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Writes everything the site holds to FILE, while it runs.

    What was acknowledged before the command began is in it. The secret key is not: keep it apart.
    """
    if file.exists():
        raise click.UsageError(f"{file} exists already: give another name.")
    settings, revision = _settings(), _revision()
    try:
        with db.engine.connect().execution_options(**_one_state()) as connection:
            manifest = write_archive(
                file,
                connection,
                list(db.metadata.sorted_tables),
                settings.uploads_folder,
                revision=revision,
                mark=key_mark(settings.secret_key),
                made_at=utc_now().isoformat(timespec="seconds"),
                tell=click.echo,
            )
    except OSError as error:
        raise click.ClickException(f"{file} could not be written: {error.strerror}.") from error
    click.echo(
        f"{file} holds {manifest.rows:,} rows and {manifest.files:,} attached files. It holds"
        " people’s words: keep it as safe as the site. CONSULT_SECRET_KEY is not in it, and what"
        " is sealed cannot be read without: keep it too, elsewhere."
    )


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Only read FILE and say what is in it.")
@with_appcontext
def restore(file: Path, only_check: bool) -> None:
    """Puts FILE, made by `consult backup`, into an empty database.

    SQLite or PostgreSQL, whichever the backup was made on. The archive is read whole before
    anything is written; a backup of an earlier release is brought up to this one.
    """
    settings = _settings()
    try:
        with ZipFile(file) as archive:
            manifest = check(archive)
            _require_known(manifest.revision)
            if manifest.key_mark != key_mark(settings.secret_key):
                click.echo(
                    "Note: the backup was made under another CONSULT_SECRET_KEY. Sealed addresses,"
                    " webhooks’ secrets and second factors will not open with this one.",
                    err=True,
                )
            if not only_check:
                _restore(archive, manifest)
    except (BadZipFile, ArchiveBrokenError) as error:
        raise click.ClickException(f"{file} is not a whole backup: {error}.") from error
    except DatabaseNotEmptyError as error:
        raise click.ClickException(
            f"Nothing was restored: {error}. Give an empty database and an empty folder."
        ) from error
    done = "is whole and holds" if only_check else "is restored:"
    click.echo(f"{file} {done} {manifest.rows:,} rows and {manifest.files:,} attached files.")


def _require_known(revision: str) -> None:
    if revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise click.UsageError(
            "The backup was made by a later release. Install that release, then restore."
        )


def _restore(archive: ZipFile, manifest: Manifest) -> None:
    """Writes the rows in one transaction at the archive's revision, then brings all up to date.

    Killed before the commit, the database is empty, and the folder of attached files has to be
    emptied; killed after, all is there, and ``consult db upgrade`` does the rest.
    """
    uploads = _settings().uploads_folder
    with db.engine.connect() as connection:
        require_empty(connection, uploads)
    upgrade(revision=manifest.revision)
    with db.engine.begin() as connection:
        put_rows(connection, archive, manifest, click.echo)
        put_files(archive, uploads)  # before the rows are there: none speaks of a file that is not
    upgrade()
