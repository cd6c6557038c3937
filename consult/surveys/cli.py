"""Commands: a consultation's answers into a file, and from a file."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click
from flask import g
from flask.cli import with_appcontext
from flask_babel import gettext as _

from consult.db import db, utc_now
from consult.errors import DomainError
from consult.surveys import queries
from consult.surveys.answers_import import (
    ImportOptions,
    TableRefusedError,
    import_answers,
    line_message,
    read_mapping,
    summary,
)
from consult.surveys.export import CODEBOOKS, FORMATS, export_of
from consult.surveys.models import Consultation


def _consultation(slug: str) -> Consultation:
    found = queries.consultation_by_slug(slug)
    if found is None:
        raise click.UsageError(
            _("There is no consultation “%(slug)s”. Give the end of its address.", slug=slug)
        )
    return found


@click.command("export-answers")
@click.argument("slug")
@click.option(
    "--format", "kind", type=click.Choice(list(FORMATS)), default="csv", show_default=True
)
@click.option(
    "--values",
    type=click.Choice(["codes", "fr", "en"]),
    default="codes",
    show_default=True,
    help="Closed answers as codes, or in words.",
)
@click.option("--open/--no-open", "with_open", default=False, help="With the open answers?")
@click.option("--codebook", is_flag=True, help="The codebook (csv or json) and not the answers.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="-",
    show_default=True,
    help="The file to write; - is the standard output.",
)
@with_appcontext
def export_answers(
    slug: str, kind: str, values: str, with_open: bool, codebook: bool, output: Path
) -> None:
    """Write the answers to the consultation SLUG, or their codebook. A file is whole or not."""
    if codebook and kind not in CODEBOOKS:
        raise click.UsageError(_("A codebook is csv or json."))
    lang = None if values == "codes" else values
    export = export_of(_consultation(slug), lang=lang, with_open=with_open)
    pieces = CODEBOOKS[kind](export) if codebook else FORMATS[kind].write(export)
    try:
        if str(output) == "-":
            sys.stdout.buffer.writelines(pieces)
        else:
            _write_whole(pieces, output)
    except DomainError as error:
        raise click.ClickException(str(error.message)) from error


def _write_whole(pieces: Iterator[bytes], output: Path) -> None:
    """Writes beside ``output``, then puts the file in its place: a failure leaves no part of it."""
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)


@click.command("import-answers")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--mapping",
    type=click.File(encoding="utf-8"),
    help="Lines such as 'Age of the person = age': the file's columns, then the codebook's.",
)
@click.option("--ignore-unknown", is_flag=True, help="Leave out columns that match nothing.")
@click.option(
    "--lang",
    type=click.Choice(["fr", "en"]),
    default="fr",
    show_default=True,
    help="Language of the responses that do not say theirs.",
)
@click.option("--report-lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@with_appcontext
def import_answers_file(
    slug: str,
    file: Path,
    mapping: IO[str] | None,
    ignore_unknown: bool,
    lang: str,
    report_lang: str,
) -> None:
    """Bring in the answers to SLUG, held elsewhere, from FILE (CSV): all of them, or none."""
    g.lang_code = report_lang
    consultation = _consultation(slug)
    try:
        options = ImportOptions(read_mapping(mapping or ()), ignore_unknown, lang)
        with file.open("rb") as content:
            imported = import_answers(consultation, content, options, utc_now())
    except TableRefusedError as error:
        raise _refusal(error) from error
    except DomainError as error:
        raise click.ClickException(str(error.message)) from error
    db.session.commit()
    for line in summary(imported):
        click.echo(line, err=True)


def _refusal(error: TableRefusedError) -> click.ClickException:
    """Every problem on a line of its own, then what became of the file."""
    lines = [line_message(problem) for problem in error.problems]
    if others := error.total - len(lines):
        lines.append(_("And %(num)s others.", num=others))
    lines.append(_("Nothing was imported: the file has something to mend."))
    return click.ClickException("\n".join(lines))
