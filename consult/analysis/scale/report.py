"""The files of ``consult analyze``, from comments that were read in parts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from consult.analysis.file_report import FileReport
from consult.analysis.scale.corpus import Map
from consult.analysis.scale.parts import ROLES, Part
from consult.analysis.scale.run import analyze_parts
from consult.comment_files import FileComments
from consult.comment_files.columns import ColumnGuess


def scaled_report(
    parts: Sequence[Part], do: Map, name: str, columns: Mapping[str, str], lang: str, *,
    themes: int | None, seed: int, pdf_made_at: datetime | None,
) -> FileReport:  # fmt: skip
    """The report, told in ``lang``, of the comments of all parts.

    Args:
        name: of what the parts are of, shown to people.
        columns: the name of the column of each role that was told.
    """
    scaled = analyze_parts(parts, do, themes=themes, seed=seed)
    frame, evidence = scaled.comments, scaled.found.evidence
    there = {role: columns.get(role, role) for role in ROLES if role in frame}
    guess = ColumnGuess(
        there["text"],
        rating=there.get("rating"),
        lang=there.get("lang"),
        date=there.get("date"),
        group=there.get("group"),
    )
    comments = FileComments(frame, guess, evidence.scale, ())
    return FileReport(name, comments, scaled.found, lang, pdf_made_at)
