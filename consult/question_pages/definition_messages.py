"""What is wrong with a definition, in words."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.question_pages.place_words import place_words
from consult.questionnaires import Problem

PROBLEMS: dict[str, LazyString] = {
    "not_utf8": _l("The file is not UTF-8 text. Save it as a JSON file in UTF-8."),
    "not_json": _l("The file is not JSON from line %(line)s, column %(column)s on."),
    "missing": _l("This part is missing."),
    "unknown_key": _l("Nothing with this name is expected here. Check the spelling."),
    "unknown_type": _l("This type of question does not exist."),
    "type_changed": _l(
        "People already answered this question as “%(type)s”. Give a question of another type "
        "another name."
    ),
    "duplicate_name": _l("The name “%(name)s” is used twice. Each name is used once."),
    "bad_name": _l("A name is made of small letters without accents, digits and underscores."),
    "too_few": _l("There are not enough items in this list."),
    "too_many": _l("There are too many items in this list."),
    "unstorable_text": _l("This text contains a control character. Delete it."),
    "wrong_value": _l("This value is not of the expected kind."),
    "no_other_choice": _l("“Specify” needs a choice named “other”. Add it, or remove “specify”."),
    "impossible_bounds": _l("These limits cannot be met. Look at the smallest and the largest."),
    "unknown_choice": _l("There is no choice named “%(name)s”."),
    "bad_expression": _l(
        "This expression cannot be read. Look at its parentheses, quotation marks and operators."
    ),
    "unknown_reference": _l(
        "No question has the name “%(name)s”, or the name is not written like this: ${%(name)s}."
    ),
    "circular": _l("This depends on itself, by way of “%(name)s”."),
    "unsupported_function": _l("The function “%(name)s” is not available here."),
}


def problem_message(problem: Problem) -> str:
    """Where a definition is at fault, and what to do."""
    fault = str(PROBLEMS[problem.code])
    fault = fault % problem.params if problem.params else fault
    if not problem.path:
        return fault
    return str(_("%(path)s: %(fault)s", path=place_words(problem.path), fault=fault))
