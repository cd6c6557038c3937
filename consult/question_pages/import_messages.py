"""What the pages say of a questionnaire brought from a file: why not, and what is not carried."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.i18n import current_lang
from consult.question_pages.definition_messages import problem_message
from consult.questionnaires import Problem
from consult.questionnaires.importing import Fault, FaultCode, Loss, LossKind, Place

FAULTS: dict[FaultCode, LazyString] = {
    "unknown_kind": _l(
        "This kind of file is not read here. Choose .xlsx, .xls, .csv, .lss or .json."
    ),
    "unreadable": _l("The file is damaged, or is not what the end of its name says."),
    "too_large": _l(
        "The file holds more than %(max)s MB. Remove what the questionnaire does not need."
    ),
    "doctype": _l(
        "The file declares XML entities, which are refused. Save it again from its program."
    ),
    "too_many_rows": _l("There are more than %(max)s rows."),
    "too_many_columns": _l("There are words beyond column %(max)s."),
    "too_many_choices": _l(
        "The questions offer more than %(max)s choices together. Shorten their lists."
    ),
    "cell_too_long": _l("This cell holds more than %(max)s characters."),
    "not_utf8": _l("The file is not UTF-8 text. Save it as UTF-8."),
    "no_questions": _l("There is no question in this file."),
    "not_carried": _l("The type “%(type)s” cannot be asked here, and the file asks nothing else."),
    "not_limesurvey": _l("The file is not a LimeSurvey survey."),
    "no_language": _l("The file has no text in French or in English."),
    "no_survey_sheet": _l("There is no sheet named “survey”."),
    "duplicate_sheet": _l("Two sheets have this name."),
    "no_column": _l("There is no column “%(name)s”."),
    "duplicate_column": _l(
        "This column means the same as the column “%(name)s”. Keep one of them."
    ),
    "missing_name": _l("A name is missing."),
    "unknown_type": _l("The type “%(type)s” does not exist. Check the spelling."),
    "unknown_list": _l("There is no list of choices named “%(name)s”."),
    "duplicate_choice": _l("The list has two choices named “%(name)s”."),
    "ambiguous_name": _l(
        "Several questions are named “%(name)s”: nobody knows which one is meant."
    ),
    "group_not_open": _l("This ends a group that nothing begins."),
    "group_not_closed": _l("This group is never ended."),
    "nested_too_deep": _l("More than %(max)s groups stand one inside the other."),
    "no_calculation": _l("The calculation is missing."),
    "wrong_value": _l("This value is not of the expected kind."),
    "rule_too_long": _l("This expression is longer than 2,000 characters."),
}

LOSSES: dict[LossKind, LazyString] = {
    "question_type": _l("The question “%(label)s” is not asked: nothing like “%(type)s” here."),
    "metadata": _l("“%(type)s” is not recorded: nothing is noted without asking."),
    "other_file": _l("“%(name)s” is not asked: what it offers is in another file (%(type)s)."),
    "loop": _l("“%(name)s” is not asked: it is repeated for each choice of another question."),
    "hidden": _l("The question “%(label)s” is not asked: it was hidden."),
    "no_type": _l("The row “%(label)s” has no type: it is not a question."),
    "no_list": _l("The row is in no list of choices."),
    "no_whole": _l("The question that this row completes, “%(name)s”, is not there."),
    "disabled": _l("The row is disabled: it is left out."),
    "asked_once": _l("The group “%(name)s” could be answered several times. It is asked once."),
    "time_of_day": _l("“%(name)s” asks for a date only, not for the time."),
    "function": _l("This rule is left out: the function “%(name)s” is not available. %(rule)s"),
    "reference": _l(
        "This rule is left out: it depends on “%(name)s”, which is not asked. %(rule)s"
    ),
    "ambiguous_choice": _l("This rule is left out: several choices are named “%(name)s”. %(rule)s"),
    "rule": _l("This rule is left out: it has no equal here. %(rule)s"),
    "text_reference": _l("“%(name)s” is not asked: this text has “…” in its place."),
    "value": _l("Not carried: %(value)s"),
    "column": _l("The column is not carried (%(count)s cells)."),
    "language": _l("Texts in another language are not carried: %(language)s (%(count)s texts)."),
    "sheet": _l("The sheet is not carried."),
    "setting": _l("This setting is not carried: %(value)s"),
    "unused_list": _l("The list “%(name)s” is left out: no question uses it."),
    "empty_page": _l("The page is left out: no question is left on it."),
    "formula": _l("This cell is a formula without a result in the file."),
    "markup": _l("Pictures, tables or scripts in this text are not carried; its words are."),
}


def fault_message(fault: Fault) -> str:
    """Why a file, a row or a cell is refused, and what to do."""
    words = {str(code): words for code, words in FAULTS.items()}.get(fault.code)
    if words is None or (fault.code == "unknown_type" and not fault.params):
        return problem_message(Problem("", fault.code, fault.params))
    return str(words) % fault.params


def loss_message(loss: Loss) -> str:
    """What of the file is not in the questionnaire."""
    said = loss.params
    label = said.get(current_lang()) or said.get("fr") or said.get("en") or said.get("name", "")
    blank = dict.fromkeys(("name", "type", "rule"), "")
    return str(LOSSES[loss.kind]) % {**blank, "label": label, **said}


def place_message(place: Place) -> str:
    """'Sheet “survey”, row 12, column “relevant”', as far as it is known."""
    parts = [
        _("sheet “%(name)s”", name=place.sheet) if place.sheet else "",
        _("row %(number)s", number=place.row) if place.row else "",
        _("column “%(name)s”", name=place.column) if place.column else "",
    ]
    return ", ".join(part for part in parts if part)
