"""``consult analyze``: from a file of comments to a ranked list of what to improve."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from consult.analysis.file_report import FileReport
    from consult.analysis.text import Analysis
    from consult.analysis.text.sentence_vectors import SentenceVectors
    from consult.comment_files import FileComments

Gettext = Callable[[str], str]

#: The exit code of a command that Ctrl-C ended.
INTERRUPTED = 130

#: A day, as YYYY-MM-DD.
DAY = click.DateTime(["%Y-%m-%d"])

#: Marks a message for the catalogue; it is translated where it is shown.
_ = str


def _gettext(lang: str) -> Gettext:
    from consult.catalogues import translations_for

    gettext: Gettext = translations_for(lang).gettext
    return gettext


class OneLineError(click.ClickException):
    """Bad usage or unreadable input: one line on stderr that says what to do, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(" ".join(self.format_message().split()), err=True)


class OneLineCommand(click.Command):
    """A command whose usage errors take one line, in the report's language where it is told."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        lang = "en" if "--report-lang=en" in "=".join(args) else "fr"
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            text = _gettext(lang)(
                _("This command was not understood (%(error)s). See “consult analyze --help”.")
            )
            raise OneLineError(text % {"error": error.format_message().rstrip(".")}) from error


@click.command("analyze", cls=OneLineCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", help="Column of the comments.")
@click.option("--rating", help="Column of the ratings.")
@click.option("--lang", help="Column of the languages (fr, en).")
@click.option("--date", help="Column of the dates.")
@click.option("--group", help="Column of the groups to compare (region, channel…).")
@click.option("--since", type=DAY, help="First day of the comments (YYYY-MM-DD).")
@click.option("--until", type=DAY, help="Last day of the comments (YYYY-MM-DD).")
@click.option("--themes", type=click.IntRange(1, 200), help="Number of themes; found if not given.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Same seed, same result."
)
@click.option("--vectors", type=click.Path(path_type=Path), help="Folder of a table of vectors.")
@click.option("--embeddings", help="Folder, or package, of a sentence-transformers model.")
@click.option(
    "--model-languages", default="en", show_default=True, help="Those the model understands."
)
@click.option("--dask", help="Scheduler of a Dask cluster, or local; FILE is then a folder.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to [FILE-consult].")
@click.option("--pdf", is_flag=True, help="Write the report as a PDF too.")
@click.option("--report-lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--database", help="Of a PostgreSQL to read with --dask; FILE is then a table.")
@click.option("--key", default="id", show_default=True, help="Whole-number key of that table.")
def analyze(
    out: Path | None,
    report_lang: str,
    dask: str | None,
    database: str | None,
    key: str,
    **asked: Any,
) -> None:
    """Find the themes of the comments in FILE (CSV) and rank what to improve first."""
    gettext = _gettext(report_lang)
    try:
        if dask is not None:
            report = _scaled_report(dask, database, key, report_lang, **asked)
        else:
            report = _report(report_lang, **asked)
        folder = out or asked["file"].with_name(f"{asked['file'].stem}-consult")
        _write(report, folder, gettext)
    except KeyboardInterrupt:
        click.echo("\n" + gettext(_("Stopped. Nothing was written.")), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    _print_ranking(report)
    click.echo(gettext(_("Written to %(folder)s: %(files)s")) % {
        "folder": folder, "files": ", ".join(report.files),
    })  # fmt: skip


def _scaled_report(
    dask: str,
    database: str | None,
    key: str,
    report_lang: str,
    file: Path,
    pdf: bool,
    themes: int | None,
    seed: int,
    **others: Any,
) -> "FileReport":
    """The same of a folder of files, or of a table, by the workers of a Dask cluster."""
    from consult.analysis.scale.on_dask import DaskMissingError, workers
    from consult.analysis.scale.parts import PartsError, parts_of_folder, parts_of_table
    from consult.analysis.scale.report import scaled_report
    from consult.db import utc_now

    roles = ("text", "rating", "lang", "date", "group")
    columns = {role: others[role] for role in roles if others[role]}
    if others["since"] or others["until"] or others["vectors"] or others["embeddings"]:
        text = _("--since, --until, --vectors and --embeddings do not go with --dask.")
        raise OneLineError(_gettext(report_lang)(text))
    try:
        parts = (
            parts_of_table(database, str(file), key, columns)
            if database
            else parts_of_folder(file, columns)
        )
        with workers(dask) as do:
            return scaled_report(
                parts, do, file.name, columns, report_lang, themes=themes, seed=seed,
                pdf_made_at=utc_now() if pdf else None,
            )  # fmt: skip
    except (PartsError, DaskMissingError) as error:
        raise OneLineError(str(error)) from error


def _report(
    report_lang: str,
    file: Path,
    since: datetime | None,
    until: datetime | None,
    pdf: bool,
    themes: int | None,
    seed: int,
    vectors: Path | None,
    embeddings: str | None,
    model_languages: str,
    **columns: str | None,
) -> "FileReport":
    from consult.analysis.file_period import FilePeriod
    from consult.analysis.file_report import FileReport
    from consult.comment_files import CommentFileError
    from consult.db import utc_now

    gettext = _gettext(report_lang)
    tier = _tier(vectors, embeddings, model_languages)
    try:
        comments = _read(file, columns, gettext)
        about = FilePeriod.of(comments, since, until)
    except CommentFileError as error:
        raise OneLineError(error.message.render(gettext)) from error
    analysis = _analyze(about.comments, themes, seed, tier, report_lang)
    analysis = about.compared(analysis, seed)
    made_at = utc_now() if pdf else None
    return FileReport(file.name, about.comments, analysis, report_lang, made_at)


def _tier(vectors: Path | None, embeddings: str | None, languages: str) -> "SentenceVectors | None":
    """The language model asked for, if any."""
    if vectors is None and embeddings is None:
        return None
    from consult.analysis.text.sentence_vectors import SentenceVectorsError, chosen_vectors

    try:
        return chosen_vectors(vectors, embeddings, languages)
    except SentenceVectorsError as error:
        raise OneLineError(str(error)) from error


def _read(file: Path, told: dict[str, str | None], gettext: Gettext) -> "FileComments":
    """The comments of ``file``, redacted; says on stderr how the file was understood."""
    from consult.comment_files import comments_from, guess_columns, read_comments_file
    from consult.privacy.redaction import redact

    table = read_comments_file(file)
    comments = comments_from(table, guess_columns(table, **told))
    _tell_columns(comments, gettext)
    comments.frame["text"] = [redact(text).text for text in comments.frame["text"]]
    return comments


def _tell_columns(comments: "FileComments", gettext: Gettext) -> None:
    names = {
        "text": _("Comments"), "rating": _("Ratings"), "lang": _("Languages"),
        "date": _("Dates"), "group": _("Groups"),
    }  # fmt: skip
    for role, name in names.items():
        column = getattr(comments.columns, role)
        guessed = role in comments.columns.guessed
        told = _("%(role)s: column “%(column)s”")
        text = _("%(role)s: column “%(column)s” (guessed)") if guessed else told
        if column:
            click.echo(gettext(text) % {"role": gettext(name), "column": column}, err=True)
    for note in comments.notes:
        click.echo(note.render(gettext), err=True)


def _analyze(
    comments: "FileComments",
    themes: int | None,
    seed: int,
    tier: "SentenceVectors | None",
    lang: str,
) -> "Analysis":
    from consult.analysis.cli_progress import shown_progress
    from consult.analysis.text import analyze_comments

    with shown_progress(lang) as tell:
        return analyze_comments(
            comments.frame, themes=themes, seed=seed, progress=tell, vectors=tier,
            scale=comments.scale,
        )  # fmt: skip


def _write(report: "FileReport", folder: Path, gettext: Gettext) -> None:
    try:
        report.write(folder)
    except OSError as error:
        text = gettext(
            _("The folder %(folder)s can’t be written to. Choose another one with --out.")
        )
        raise OneLineError(text % {"folder": folder}) from error


def _print_ranking(report: "FileReport") -> None:
    """The ranking on stdout; a rule between themes whose ranks can be told apart."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE, padding=(0, 1, 0, 0), title=report.heading, title_justify="left")
    table.caption_justify = "left"
    table.caption = report.bracket_note
    for name, side in report.ranking_columns:
        wide = side == "left"
        table.add_column(
            name, justify="left" if wide else "right", no_wrap=not wide, min_width=20 if wide else 0
        )
    for group in report.ranking_groups:
        for line in group:
            table.add_row(*line)
        table.add_section()
    Console().print(table)
