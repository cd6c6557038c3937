"""What keeps a set of questions from being used, and what to do, in words."""

from flask_babel import LazyString, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult.feedback.question_sets.limits import LimitProblem
from consult.i18n import current_lang

LIMITS: dict[str, LazyString] = {
    "several_pages": _l(
        "There are %(count)s pages. Feedback is asked on one page: put all questions together."
    ),
    "page_condition": _l("The page has a display condition. Put it on the questions instead."),
    "too_many_questions": _l(
        "There are %(count)s questions, and at most %(max)s are asked. Keep those you will act on."
    ),
    "several_texts": _l("Several questions ask for people’s own words. Keep one, named “comment”."),
    "question_type": _l(
        "Questions of the type “%(type)s” are not asked here. Use a scale, one choice, several "
        "choices, yes or no, or one long text."
    ),
    "text_name": _l("Name the long text “comment”, not “%(name)s”."),
    "comment_type": _l("The name “comment” is for the long text. Give this question another name."),
    "comment_length": _l("A comment holds at most %(max)s characters."),
    "reserved_name": _l("The name “%(name)s” is taken by the form itself. Give it another name."),
    "constraint": _l("A constraint is not checked here. Remove it."),
    "required_if": _l("An answer is required always or never: remove the condition."),
    "choice_filter": _l("All choices are always offered: remove the filter."),
    "other": _l("“Specify” is not asked here: people write it in their comment. Remove it."),
    "too_many_choices": _l("There are %(count)s choices, and at most %(max)s are shown."),
    "piping": _l("A text repeats an answer (${…}). Write it without."),
    "condition": _l("A display condition names a question answered by a choice, and nothing else."),
    "condition_on_later": _l(
        "A display condition names a question that stands earlier. Change their order."
    ),
    "condition_on_time": _l("A display condition does not depend on the date."),
    "condition_too_wide": _l(
        "The display condition depends on too many answers at once. Make it shorter."
    ),
}


def limit_message(problem: LimitProblem) -> str:
    """'“Did it work?”: a constraint is not checked here. Remove it.'"""
    figures = {
        name: format_decimal(int(value)) if value.isdecimal() else value
        for name, value in problem.params.items()
    }
    fault = str(LIMITS[problem.code])
    fault = fault % figures if figures else fault
    if problem.question is None:
        return fault
    label = problem.question.in_language(current_lang())
    return str(_("Question “%(question)s”: %(fault)s", question=label, fault=fault))
