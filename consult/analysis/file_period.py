"""The comments of a file that a report is about, when it is about a period."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from consult.analysis.text import Analysis
from consult.analysis.text.before import against_before
from consult.analysis.text.language import languages_of
from consult.comment_files import CommentFileError, FileComments

#: Marks a message for the catalogue.
_ = str


@dataclass(frozen=True)
class FilePeriod:
    """The ``comments`` of a period, and those of the time of the same length just ``before`` it.

    Attributes:
        comments: the lines of the frame keep the numbers they have in the file.
        period: first and last moment; None when the report is about all of the file.
    """

    comments: FileComments
    before: pd.DataFrame
    period: tuple[pd.Timestamp, pd.Timestamp] | None = None

    @classmethod
    def of(cls, comments: FileComments, since: date | None, until: date | None) -> "FilePeriod":
        """The comments dated from ``since`` to ``until``, both days included.

        Without ``since`` nothing is before the period, and trends compare its halves.

        Raises:
            CommentFileError: there are no dates, or no comment in the period.
        """
        frame = comments.frame
        if since is None and until is None:
            return cls(comments, frame[:0])
        if "date" not in frame or frame["date"].isna().all():
            raise CommentFileError(_("No column of dates was found. Name it with --date."))
        dates = frame["date"]
        start = pd.Timestamp(since) if since else dates.min()
        end = pd.Timestamp(until) + _LAST if until else dates.max()
        now = frame[(dates >= start) & (dates <= end)]
        if now.empty:
            raise CommentFileError(_("No comment is dated within the period asked for."))
        before = frame[(dates >= start - (end - start)) & (dates < start)]
        return cls(replace(comments, frame=now), before, (start, end))

    def compared(self, found: Analysis, seed: int) -> Analysis:
        """The analysis of the period, its trends against what came before, if anything did."""
        if self.period is None or self.before.empty:
            return found
        langs = found.assignments["lang"].tolist()
        told = self.before.get("lang", pd.Series(None, self.before.index, dtype=object))
        spoken = languages_of(self.before["text"].to_numpy(dtype=object), told.to_numpy())
        now, before = self.comments.frame.assign(lang=langs), self.before.assign(lang=spoken)
        return against_before(found, now, before, self.period, seed=seed)


#: From the first moment of a day to its last one.
_LAST = pd.Timedelta(days=1) - pd.Timedelta(1, unit="ns")
