"""What the staff is told of a file of answers: the line, the column, what to do."""

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.question_pages.messages import answer_message
from consult.surveys.answers_import.errors import LineProblem
from consult.surveys.answers_import.service import ImportedAnswers

FAULTS: dict[str, LazyString] = {
    "not_text": _l("The file is not a CSV file. Save the table as CSV in UTF-8 and try again."),
    "not_csv": _l("From here on, the file cannot be read as CSV. Check its quotation marks."),
    "no_row": _l("The file has no row under the names of its columns."),
    "no_questionnaire": _l("Give the consultation a questionnaire before its answers."),
    "too_many_cells": _l("There are more values than columns. Check the quotation marks."),
    "bad_mapping": _l(
        "“%(value)s” is not understood. Write one line per column of the file: "
        "its name, the sign =, then its name in the codebook."
    ),
    "unknown_target": _l("The codebook has no column “%(value)s”."),
    "unknown_column": _l("The codebook has no such column. Rename it, or leave it out."),
    "same_column": _l("Another column is already read as “%(value)s”."),
    "same_id": _l("Another line already has the identifier “%(value)s”."),
    "no_such_version": _l("The questionnaire has no version “%(value)s”."),
    "not_in_version": _l("The version of this response does not ask this question."),
    "not_a_lang": _l("“%(value)s” is not a language. Write fr or en."),
    "not_a_channel": _l("“%(value)s” is not web, phone, counter, paper or file."),
    "not_a_moment": _l("“%(value)s” is not a moment. Write it like 2026-03-31 14:05."),
    "not_a_rating": _l("“%(value)s” is not a whole number from 1 to 5."),
    "not_a_tick": _l("“%(value)s” is neither 1 nor 0."),
}


def line_message(problem: LineProblem) -> str:
    """Where a file is at fault, and what to do about it."""
    fault = _fault(problem)
    if not problem.line:
        return fault
    if not problem.column:
        return str(_("Line %(line)s: %(fault)s", line=problem.line, fault=fault))
    return str(
        _(
            "Line %(line)s, column “%(column)s”: %(fault)s",
            line=problem.line,
            column=problem.column,
            fault=fault,
        )
    )


def _fault(problem: LineProblem) -> str:
    if not (problem.question and problem.error):
        fault = str(FAULTS[problem.code])
        return fault % {"value": problem.value} if "%(value)s" in fault else fault
    message = answer_message(problem.question, problem.error)
    if not problem.value:
        return message
    return str(_("“%(value)s”: %(fault)s", value=problem.value, fault=message))


def summary(imported: ImportedAnswers) -> list[str]:
    """What became of a file, one sentence per matter that there is."""
    added = ngettext("%(num)d response added.", "%(num)d responses added.", imported.added)
    told = [str(added)]
    if imported.already:
        told.append(
            ngettext(
                "%(num)d response was already there.",
                "%(num)d responses were already there.",
                imported.already,
            )
        )
    if imported.empty:
        told.append(
            ngettext(
                "%(num)d row without any answer, left out.",
                "%(num)d rows without any answer, left out.",
                imported.empty,
            )
        )
    if imported.masked:
        told.append(
            ngettext(
                "Personal information was masked in %(num)d answer.",
                "Personal information was masked in %(num)d answers.",
                imported.masked,
            )
        )
    if imported.left_out:
        told.append(_("Columns left out: %(columns)s", columns=", ".join(imported.left_out)))
    return told
