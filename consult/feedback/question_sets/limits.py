"""What a set of questions that a service writes may be, so that every way in can ask it.

The form in a service's page weighs a few thousand bytes, asks on one page, and keeps codes: a set
that needs more is a consultation.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from consult.feedback.question_sets.sets import COMMENT
from consult.questionnaires import Question, Questionnaire, Text, texts_of
from consult.questionnaires.logic.rules import references

MOST_QUESTIONS = 8
MOST_CHOICES = 20
#: Ways to answer the questions that one condition names: the widget carries what each leads to.
MOST_WAYS = 1_024
#: Characters of a comment, as for every set.
LONGEST_COMMENT = 5_000

CHOICE_TYPES = frozenset({"scale", "one_choice", "several_choices", "yes_no"})
TYPES = CHOICE_TYPES | {"long_text"}

#: What a form says beside the answers: no question can be called so.
RESERVED = frozenset(
    {
        "answers",
        "began",
        "channel",
        "contact",
        "csrf_token",
        "idempotency_key",
        "lang",
        "page",
        "question_set",
        "reference",
        "return_to",
        "seconds",
        "segment",
        "shown",
        "submitted_at",
        "website",
    }
)

_TIME = re.compile(r"(?<![\w-])(today|now|random|once|uuid)\s*\(")


@dataclass(frozen=True)
class LimitProblem:
    """One thing that keeps a set from being used; ``question`` is the label of where it is.

    ``code`` is one of these, ``params`` what is in brackets: 'several_pages' (``count``),
    'page_condition', 'too_many_questions' (``max``, ``count``), 'question_type' (``type``),
    'several_texts', 'text_name' (``name``), 'comment_type', 'comment_length' (``max``),
    'reserved_name' (``name``), 'constraint', 'required_if', 'choice_filter', 'other',
    'too_many_choices' (``max``, ``count``), 'piping', 'condition', 'condition_on_later',
    'condition_on_time', 'condition_too_wide' (``max``).
    """

    code: str
    question: Text | None = None
    params: dict[str, str] = field(default_factory=dict)


def limit_problems(questionnaire: Questionnaire) -> list[LimitProblem]:
    """Everything in a questionnaire that a set of questions may not have, in its order."""
    return [*_of_the_whole(questionnaire), *_of_each_question(questionnaire)]


def _of_the_whole(questionnaire: Questionnaire) -> Iterator[LimitProblem]:
    pages = questionnaire.sections
    if len(pages) > 1:
        yield LimitProblem("several_pages", params={"count": str(len(pages))})
    if any(page.relevant for page in pages):
        yield LimitProblem("page_condition")
    count = sum(len(page.questions) for page in pages)
    if count > MOST_QUESTIONS:
        params = {"max": str(MOST_QUESTIONS), "count": str(count)}
        yield LimitProblem("too_many_questions", params=params)
    if sum(question.type == "long_text" for question in questionnaire.questions) > 1:
        yield LimitProblem("several_texts")
    heads = [text for path, text in texts_of(questionnaire) if path.count(".") < 2]
    if any(_tells_an_answer(text) for text in heads):
        yield LimitProblem("piping")


def _of_each_question(questionnaire: Questionnaire) -> Iterator[LimitProblem]:
    choices = {q.name: q for q in questionnaire.questions if q.type in CHOICE_TYPES}
    earlier: set[str] = set()
    for page in questionnaire.sections:
        for question in page.questions:
            faults = [*_faults(question), *_faults_of_condition(question, choices, earlier)]
            for code, params in faults:
                yield LimitProblem(code, question.label, params)
            earlier.add(question.name)


def _faults(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    if question.type not in TYPES:
        yield "question_type", {"type": question.type}
        return
    if question.name in RESERVED:
        yield "reserved_name", {"name": question.name}
    yield from _faults_of_words(question)
    if question.constraint:
        yield "constraint", {}
    if question.required_if:
        yield "required_if", {}
    yield from _faults_of_choices(question)
    if any(_tells_an_answer(text) for text in question.texts().values()):
        yield "piping", {}


def _faults_of_condition(
    question: Question, choices: Mapping[str, Question], earlier: set[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    if not question.relevant:
        return
    named = references(question.relevant)
    if not named or not named <= choices.keys():
        yield "condition", {}
    elif not named <= earlier:
        yield "condition_on_later", {}
    elif math.prod(_ways(choices[name]) for name in named) > MOST_WAYS:
        yield "condition_too_wide", {"max": str(MOST_WAYS)}
    if _TIME.search(question.relevant):
        yield "condition_on_time", {}


def _ways(question: Question) -> int:
    """How many ways there are to answer a question of choices, leaving it blank being one."""
    count = len(question.options)
    return 2**count if question.type == "several_choices" else count + 1


def _faults_of_words(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    is_text = question.type == "long_text"
    if is_text and question.name != COMMENT:
        yield "text_name", {"name": question.name}
    if question.name == COMMENT and not is_text:
        yield "comment_type", {}
    if is_text and getattr(question, "max_length", 0) > LONGEST_COMMENT:
        yield "comment_length", {"max": str(LONGEST_COMMENT)}


def _faults_of_choices(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    if getattr(question, "choice_filter", ""):
        yield "choice_filter", {}
    if getattr(question, "other", None):
        yield "other", {}
    if len(question.options) > MOST_CHOICES:
        yield (
            "too_many_choices",
            {"max": str(MOST_CHOICES), "count": str(len(question.options))},
        )


def _tells_an_answer(text: Text) -> bool:
    return "${" in text.fr or "${" in text.en
