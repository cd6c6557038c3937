"""From an XLSForm to a questionnaire."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Literal

from consult.questionnaires.importing import (
    RULES,
    Asked,
    Draft,
    Import,
    ImportRefusedError,
    Loss,
    Place,
    Rule,
    settle,
    side_of,
    text,
    texts_in,
)
from consult.questionnaires.xlsform.expressions import (
    compared_with,
    filtered_by,
    references,
    with_new_choices,
    with_new_names,
)
from consult.questionnaires.xlsform.groups import read_groups
from consult.questionnaires.xlsform.lists import ChoiceList, mark_stale, read_lists
from consult.questionnaires.xlsform.pages import read_pages
from consult.questionnaires.xlsform.plain import unguarded
from consult.questionnaires.xlsform.reading import Reading
from consult.questionnaires.xlsform.records import (
    MEDIA,
    OURS,
    TEXTS,
    Record,
    Table,
    column_of,
)
from consult.questionnaires.xlsform.sheets import Sheet
from consult.questionnaires.xlsform.workbook import read_workbook

Language = Literal["fr", "en"]

#: Rows of the survey itself; lists of choices may be longer.
MAX_SURVEY_ROWS = 3_000

SHEETS = {"survey", "choices", "settings"}
#: Settings that say who the form is to a server; a questionnaire has no such thing to lose.
IDENTITY = ("form_id", "id_string", "version", "default_language", "name", "xml_root")
#: Columns of the survey that change what is asked, told row by row when they cannot be carried.
BY_ROW = TEXTS | MEDIA | {
    "required", "relevant", "constraint", "calculation", "choice_filter", "appearance",
    "parameters", "default", "readonly", "trigger", "repeat_count", "autoplay", "rows",
}  # fmt: skip


def import_xlsform(data: bytes, filename: str, language: Language = "fr") -> Import:
    """The questionnaire of an XLSForm, with all that it could not carry.

    ``filename`` says by its end what the bytes are; ``language`` is that of texts that do not say
    theirs, unless the form's settings do. Raises ``ImportRefusedError``.
    """
    sheets = read_workbook(data, filename)
    settings = _settings(sheets, language)
    exact = settings is not None and bool(settings.get(f"{OURS}format"))
    if exact and filename.lower().endswith(".csv"):
        sheets = {name: unguarded(sheet) for name, sheet in sheets.items()}
        settings = _settings(sheets, language)
    survey = _survey(sheets)
    if settings and (side := side_of(settings.get("default_language"))):
        language = "en" if side == "en" else "fr"
    table = Table(survey, language, exact=exact)
    if len(table.records) > MAX_SURVEY_ROWS:
        place = table.records[MAX_SURVEY_ROWS].place
        raise ImportRefusedError.because("too_many_rows", place, max=str(MAX_SURVEY_ROWS))
    if not table.has("type"):
        place = Place(survey.name, survey.header.number)
        raise ImportRefusedError.because("no_column", place, name="type")
    draft = Draft(_title(settings, language, filename))
    choices = Table(sheets["choices"], language, exact=exact) if "choices" in sheets else None
    lists = read_lists(draft, choices, doubles=_allows_doubles(settings))
    reading = Reading(draft, lists, exact)
    read_pages(reading, read_groups(draft, table))
    _rename_all(reading)
    _list_losses(draft, table, choices, settings, lists)
    _list_sheets(draft, sheets, survey)
    return settle(draft)


def _survey(sheets: Mapping[str, Sheet]) -> Sheet:
    """The sheet of questions; the only sheet, whatever its name, when there is one."""
    if "survey" in sheets:
        return sheets["survey"]
    if len(sheets) == 1:
        return next(iter(sheets.values()))
    first = next(iter(sheets.values()), Sheet(""))
    raise ImportRefusedError.because("no_survey_sheet", Place(first.name, first.header.number))


def _settings(sheets: Mapping[str, Sheet], language: Language) -> Record | None:
    """The first row of the settings; its spaces matter when the file is one of ours."""
    if "settings" not in sheets:
        return None
    sheet = sheets["settings"]
    ours = any(column_of(words).key == f"{OURS}format" for words in sheet.header.cells.values())
    table = Table(sheet, language, exact=ours)
    return table.records[0] if table.records else None


def _allows_doubles(settings: Record | None) -> bool:
    return settings is not None and settings.get("allow_choice_duplicates").lower() == "yes"


def _title(settings: Record | None, language: Language, filename: str) -> dict[str, Any]:
    """The form's title, or the name of the file."""
    if settings is not None and settings.get(f"{OURS}format"):
        holder = {"title": settings.text(f"{OURS}title") or text()}
        mark_stale(holder, settings.get(f"{OURS}stale"))
        settings.get("form_title")
        return holder["title"]
    title = settings.get("form_title") if settings else ""
    return text() | {language: title or PurePath(filename).stem}


def _rename_all(reading: Reading) -> None:
    """Says every name anew in rules and texts, now that all are known."""
    for page in reading.draft.pages:
        page.relevant = _renamed_rules(reading, page.relevant, "")
        _rename_words(reading, (page.title, page.intro))
        for asked in page.asked:
            raw = reading.raw_names.get(asked.name, "")
            asked.relevant = _renamed_rules(reading, asked.relevant, raw)
            for name in RULES:
                if rule := asked.fields.get(name):
                    place = asked.place._replace(column=asked.columns.get(name, name))
                    asked.fields[name] = _renamed_rule(reading, Rule(rule, place), raw)
            _rename_compared(reading, asked)
            _rename_words(reading, asked.fields)


def _rename_words(reading: Reading, holder: object) -> None:
    for words in texts_in(holder):
        for side in ("fr", "en"):
            words[side] = with_new_names(words[side], reading.named)


def _renamed_rules(reading: Reading, rules: list[Rule], raw: str) -> list[Rule]:
    renamed = (Rule(_renamed_rule(reading, rule, raw), rule.place) for rule in rules)
    return [rule for rule in renamed if rule.expression]


def _renamed_rule(reading: Reading, rule: Rule, raw: str) -> str:
    """The rule in our names; empty, and listed, when it means one of two choices of one name."""
    expression = rule.expression
    for name in references(expression):
        if name in reading.ambiguous:
            raise ImportRefusedError.because("ambiguous_name", rule.place, name=name)
    for who, choice in compared_with(expression):
        chosen = reading.chosen_from.get(who or raw)
        if chosen and choice in chosen.ambiguous:
            reading.draft.lose(rule.place, "ambiguous_choice", name=choice, rule=expression)
            return ""

    def renamed_choices(who: str) -> Mapping[str, str]:
        chosen = reading.chosen_from.get(who or raw)
        return chosen.renamed if chosen else {}

    return with_new_names(with_new_choices(expression, renamed_choices), reading.named)


def _rename_compared(reading: Reading, asked: Asked) -> None:
    """What a filter compares with another answer says the new names of that answer's choices."""
    choices = asked.fields.get("choices", ())
    rule = asked.fields.get("choice_filter", "")
    for column in {column for choice in choices for column in choice.get("columns", ())}:
        for who in filtered_by(rule, column) if rule else ():
            chosen = reading.chosen_from.get(reading.raw_names.get(who, who))
            renamed = chosen.renamed if chosen else {}
            for choice in choices:
                value = choice.get("columns", {}).get(column)
                if value in renamed:
                    choice["columns"][column] = renamed[value]


def _list_losses(
    draft: Draft,
    table: Table,
    choices: Table | None,
    settings: Record | None,
    lists: Mapping[str, ChoiceList],
) -> None:
    """Everything that nobody read."""
    draft.losses.extend(table.losses(BY_ROW))
    for name, chosen in lists.items():
        if not chosen.is_used:
            draft.lose(chosen.place, "unused_list", name=name)
    draft.losses.extend(choices.losses(set()) if choices else ())
    if settings is None:
        return
    for key in IDENTITY:
        settings.get(key)
    for column in settings.unread:
        place = settings.place._replace(column=column.header)
        draft.lose(place, "setting", value=settings.cells[column][:200])


def _list_sheets(draft: Draft, sheets: Mapping[str, Sheet], survey: Sheet) -> None:
    for name, sheet in sheets.items():
        draft.losses.extend(Loss(place, "formula") for place in sheet.formulas)
        if name not in SHEETS and sheet is not survey and sheet.lines:
            draft.lose(Place(sheet.name), "sheet")
