"""The export of a report: every figure, and what each can be worked out from again."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from consult.analysis.formulas import FORMULAS
from consult.analysis.report.facts import GroupFacts, ReportFacts, ThemeFacts
from consult.spreadsheet_cells import formula_safe


def archive(facts: ReportFacts, evidence: Mapping[str, str]) -> bytes:
    """A ZIP file: themes.csv, subgroups.csv and method.json, and, where they were kept, the tables
    that the figures come from (see ``evidence.evidence_of``)."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("themes.csv", _csv(map(_theme_line, facts.themes)))
        packed.writestr("subgroups.csv", _csv(_group_lines(facts.themes), _GROUP_COLUMNS))
        packed.writestr("method.json", json.dumps(_method(facts), ensure_ascii=False, indent=2))
        for name, content in evidence.items():
            packed.writestr(name, content.encode("utf-8-sig"))
    return whole.getvalue()


_GROUP_COLUMNS = ("theme", *(field.name for field in fields(GroupFacts)))


def _theme_line(theme: ThemeFacts) -> dict[str, Any]:
    line = asdict(theme)
    label, effort = line.pop("label"), line.pop("effort")
    del line["groups"]
    return {
        "theme": line.pop("number"),
        **line,
        "label_fr": label["fr"],
        "label_en": label["en"],
        "effort": effort.value if effort else None,
    }


def _group_lines(themes: Iterable[ThemeFacts]) -> Iterable[dict[str, Any]]:
    return ({"theme": theme.number, **asdict(one)} for theme in themes for one in theme.groups)


def _csv(lines: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> bytes:
    lines, text = list(lines), io.StringIO()
    names = columns or (list(lines[0]) if lines else [])
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_cell(line[name]) for name in names] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return formula_safe(value) if isinstance(value, str) else value


def _method(facts: ReportFacts) -> dict[str, Any]:
    about = {field.name: getattr(facts, field.name) for field in fields(facts)}
    del about["themes"]
    about["public_id"] = str(facts.public_id)
    for name in ("completed_at", "period_from", "period_to"):
        about[name] = about[name].isoformat() if about[name] else None
    return {**about, "formulas": FORMULAS}
