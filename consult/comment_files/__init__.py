"""Files of comments that a team already has: read safely, columns recognised, values understood."""

from consult.comment_files.columns import ColumnGuess, guess_columns
from consult.comment_files.comments import FileComments, comments_from
from consult.comment_files.messages import CommentFileError, Message
from consult.comment_files.reading import read_comments_file

__all__ = [
    "ColumnGuess",
    "CommentFileError",
    "FileComments",
    "Message",
    "comments_from",
    "guess_columns",
    "read_comments_file",
]
