"""``consult export-answers``: a consultation's answers into a file."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from consult.errors import DomainError
from consult.surveys import queries
from consult.surveys.export import FORMATS, codebook_csv, codebook_json, export_of
from consult.surveys.models import Consultation

CODEBOOKS = {"csv": codebook_csv, "json": codebook_json}


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
