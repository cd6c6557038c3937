"""From the columns of a file to the comments an analysis takes."""

from dataclasses import dataclass

import pandas as pd

from consult.comment_files.columns import ColumnGuess
from consult.comment_files.messages import CommentFileError, Message, _
from consult.comment_files.values import dates, languages, ratings


@dataclass(frozen=True)
class FileComments:
    """Comments ready for analysis, and how their file was understood.

    ``frame`` has one line per row of the file: text, rating, lang, date, group (only those there
    are). ``scale`` bounds the ratings, None when there are none or no scale fits; ``notes`` say
    what was done to them.
    """

    frame: pd.DataFrame
    columns: ColumnGuess
    scale: tuple[float, float] | None
    notes: tuple[Message, ...]


def comments_from(frame: pd.DataFrame, columns: ColumnGuess) -> FileComments:
    """The comments of ``frame``, its cells read as ratings, languages, dates and groups.

    Raises:
        CommentFileError: the rating column holds no number.
    """
    comments = pd.DataFrame({"text": frame[columns.text]})
    scale: tuple[float, float] | None = None
    notes: tuple[Message, ...] = ()
    if columns.rating:
        rated = ratings(frame[columns.rating])
        if rated.values.isna().all():
            raise CommentFileError(
                _("The column “%(name)s” holds no rating. Choose another one with --rating."),
                name=columns.rating,
            )
        comments["rating"], scale, notes = rated.values, rated.scale, rated.notes
    if columns.lang:
        comments["lang"] = languages(frame[columns.lang])
    if columns.date:
        comments["date"] = dates(frame[columns.date])
    if columns.group:
        groups = frame[columns.group].str.strip()
        comments["group"] = groups.where(groups != "")
    return FileComments(comments, columns, scale, notes)
