"""``consult import-comments``: a file of comments put into a service."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import g
from flask.cli import with_appcontext
from flask_babel import gettext as _

from consult.db import db, utc_now
from consult.feedback.services import record_all
from consult.organizations.queries import service_by_slug

if TYPE_CHECKING:
    from consult.comment_files import FileComments
    from consult.feedback.file_import import FileFeedback


class ImportRefusedError(click.ClickException):
    """Nothing was imported: one line on stderr that says what to do, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(" ".join(self.format_message().split()), err=True)


@click.command("import-comments")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--service", "slug", required=True, help="Short name of the service (its slug).")
@click.option("--text", help="Column of the comments.")
@click.option("--rating", help="Column of the ratings.")
@click.option("--lang", help="Column of the languages (fr, en).")
@click.option("--date", help="Column of the dates.")
@click.option("--group", help="Column of the groups to compare (region, channel…).")
@click.option("--report-lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@with_appcontext
def import_comments(file: Path, slug: str, report_lang: str, **columns: str | None) -> None:
    """Put the comments of FILE (CSV) into a service. The same file twice counts once."""
    g.lang_code = report_lang
    service = service_by_slug(slug)
    if service is None:
        raise ImportRefusedError(
            _("There is no service “%(slug)s”. Give the short name in its address.", slug=slug)
        )
    db.session.rollback()  # nobody waits for the database while the file is read
    feedback = _read(file, columns)
    added = record_all(service, feedback.submissions, utc_now())
    db.session.commit()
    _say(_("Added: %(num)s", num=added))
    _say(_("Already there: %(num)s", num=len(feedback.submissions) - added))
    _say(_("Rows without a word or a rating, left out: %(num)s", num=feedback.empty))


def _say(line: str) -> None:
    click.echo(line, err=True)


def _read(file: Path, told: dict[str, str | None]) -> "FileFeedback":
    """The feedback of ``file``; says on stderr how the file was understood."""
    from consult.comment_files import (
        CommentFileError,
        comments_from,
        guess_columns,
        read_comments_file,
    )
    from consult.feedback.file_import import feedback_from, file_mark

    try:
        table = read_comments_file(file)
        comments = comments_from(table, guess_columns(table, **told))
    except CommentFileError as error:
        raise ImportRefusedError(error.message.render(_)) from error
    feedback = feedback_from(comments, file_mark(file))
    _say_how(comments, feedback)
    return feedback


def _say_how(comments: "FileComments", feedback: "FileFeedback") -> None:
    """Tells the columns used, which of them were guessed, and what was done to the values."""
    names = {
        "text": _("Comments"),
        "rating": _("Ratings"),
        "lang": _("Languages"),
        "date": _("Dates"),
        "group": _("Groups"),
    }
    for role, name in names.items():
        column = getattr(comments.columns, role)
        if column and role in comments.columns.guessed:
            _say(_("%(role)s: column “%(column)s” (guessed)", role=name, column=column))
        elif column:
            _say(_("%(role)s: column “%(column)s”", role=name, column=column))
    for note in comments.notes:
        _say(note.render(_))
    if comments.columns.rating and not comments.scale:
        _say(_("Ratings are on no scale known here (1 to 5, 0 to 10, 0 to 100): left out."))
    if comments.scale and comments.scale != (1.0, 5.0):
        low, high = (f"{end:g}" for end in comments.scale)
        _say(_("Ratings from %(low)s to %(high)s are brought to 1 to 5.", low=low, high=high))
    if feedback.shortened:
        _say(_("Comments cut at 5,000 characters: %(num)s", num=feedback.shortened))
