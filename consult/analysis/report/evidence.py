"""What a run of the analysis leaves for its report: trends, groups, what figures come from.

Only a worker gets here: pandas is there already.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from consult.analysis.queries.sources import SourceComment
from consult.analysis.report.kept_tables import GROUP_SUMS, packed_tables
from consult.spreadsheet_cells import formula_safe

if TYPE_CHECKING:
    from consult.analysis.text import Analysis as Result


def weighed_columns(result: Result, grouping: str) -> dict[int, dict[str, Any]]:
    """For each theme, by its number, the columns of ``Theme`` that tell of its trend and groups.

    ``grouping`` is what the comments' ``group`` tells apart: 'region', or 'group'.
    """
    trends = result.weighed.trends
    columns: dict[int, dict[str, Any]] = {
        number: {
            "share_before": known(before),
            "share_after": known(after),
            "trend_p": known(p_value),
            "subgroups": [],
        }
        for number, (before, after, p_value) in enumerate(
            zip(trends.before, trends.after, trends.p_values, strict=True), 1
        )
    }
    for line in result.weighed.subgroups.to_dict("records"):
        told = {str(name): known(value) for name, value in line.items()}
        told["grouping"] = grouping if told["grouping"] == "group" else told["grouping"]
        columns[told.pop("theme")]["subgroups"].append(told)
    return columns


def weighing_parameters(result: Result) -> dict[str, Any]:
    """What must be known of the weighing to do it again, for ``Analysis.parameters``."""
    trends, asked = result.weighed.trends, result.parameters
    start = trends.start.isoformat() if trends.compared and trends.start is not None else None
    return {
        "scale": list(result.evidence.scale) if result.evidence.scale else None,
        "bootstrap": asked.bootstrap,
        "level": asked.level,
        "trend": {"compared": trends.compared, "start": start},
    }


def evidence_of(result: Result, comments: Sequence[SourceComment], grouping: str) -> bytes:
    """A ZIP of what the figures come from, without words.

    comments.csv and shares.csv tell of each comment, trends.csv what the trends compare, and
    group_sums.csv what groups of people bring to the cells that may be shown. One grouping at most
    stands in comments.csv, and none with a hidden cell: with two, one could count smaller cells.
    ``grouping`` is what the comments' ``group`` tells apart: 'region', or 'group'.
    """
    from consult.analysis.text.evidence_table import comments_table, trends_table

    compared = result.weighed.compared
    table = comments_table(result.evidence, compared.open[:1])
    table.insert(1, "comment", [str(comment.public_id) for comment in comments])
    table.insert(2, "date", [comment.submitted_at.date().isoformat() for comment in comments])
    for name in compared.open[:1]:
        table[name] = [_group(one) for one in table[name].where(result.evidence.answered)]
    sums = compared.sums.replace({"grouping": {"group": grouping}})
    return packed_tables(
        {
            "comments.csv": table.rename(columns={"group": grouping}).to_csv(index=False),
            "shares.csv": result.shares.to_csv(index=False),
            "trends.csv": trends_table(result.weighed.trends).to_csv(index=False),
            GROUP_SUMS: sums.assign(group=sums["group"].map(_group)).to_csv(index=False),
        }
    )


def _group(name: Any) -> str:
    return formula_safe(str(name)) if name == name and name else ""


def known(value: Any) -> Any:
    """A plain value of Python; None for what is not a number."""
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain
