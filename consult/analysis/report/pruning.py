"""What a report keeps of comments that were erased or withdrawn since: numbers, nothing more.

Erasing is done where a comment is kept, by slices that know no analysis; here is looked at what
still stands there.
"""

from sqlalchemy import select

from consult.analysis.models import Analysis
from consult.analysis.queries.sources import standing
from consult.analysis.report.kept_tables import packed_tables, unpacked_tables, without_erased
from consult.analysis.report.models import AnalysisEvidence
from consult.db import db


def evidence_today(analysis: Analysis) -> dict[str, str]:
    """The tables kept for an analysis, without what told the comments that are gone; by name."""
    kept = db.session.get(AnalysisEvidence, analysis.id)
    return _today(analysis, unpacked_tables(kept.comments)) if kept else {}


def prune() -> int:
    """Takes what told comments that are gone out of all that is kept; returns of how many reports.

    Commits report by report, so that nobody who writes waits for long.
    """
    changed = 0
    for analysis_id in list(db.session.scalars(select(AnalysisEvidence.analysis_id))):
        kept = db.session.get(AnalysisEvidence, analysis_id)
        analysis = db.session.get(Analysis, analysis_id)
        if kept is None or analysis is None:
            continue
        before = unpacked_tables(kept.comments)
        after = _today(analysis, before)
        if after != before:
            kept.comments = packed_tables(after)
            changed += 1
        db.session.commit()
    return changed


def _today(analysis: Analysis, tables: dict[str, str]) -> dict[str, str]:
    return without_erased(tables, {str(one) for one in standing(analysis)})
