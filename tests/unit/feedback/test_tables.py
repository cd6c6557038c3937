"""Display conditions as tables: the same outcome as the logic, and what cannot be a table."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest

from consult.feedback.question_sets import (
    READY,
    ConditionTooWideError,
    NotForWidgetError,
    QuestionSet,
    compact,
    own_set,
    tabulate,
)
from consult.feedback.question_sets.tables import ways
from consult.questionnaires import Answer

TODAY = date(2026, 11, 28)
CHOICES = [{"name": f"c{n}", "label": {"fr": "Choix", "en": "Choice"}} for n in range(1, 4)]


def question(name: str, kind: str, **fields: object) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": {"fr": "Quoi ?", "en": "What?"}, **fields}


def of(*questions: dict[str, Any]) -> QuestionSet:
    title = {"fr": "Avis", "en": "Feedback"}
    section = {"name": "feedback", "title": title, "questions": list(questions)}
    return own_set(1, json.dumps({"title": title, "sections": [section]}))


def shown(question_set: QuestionSet, answers: Mapping[str, Answer]) -> set[str]:
    """What the script shows: from the first question to the last, by the compact form alone."""
    told, seen = compact(question_set), list[str]()
    for name, _kind, _texts, _required, _options, _exclusive, *table in told:
        row = sum(
            factor * _digit(told[place], answers.get(told[place][0]))
            for place, factor in (table[0] if table else [])
            if told[place][0] in seen
        )
        if not table or table[1][row] == "1":
            seen.append(name)
    return set(seen)


def _digit(told: list[Any], answer: Answer) -> int:
    names = [str(option[0]) for option in told[4]]
    if isinstance(answer, list):
        return sum(1 << names.index(name) for name in answer)
    return 0 if answer is None else names.index(str(answer)) + 1


@pytest.mark.parametrize("name", READY)
def test_each_ready_set_shows_what_the_logic_says(name: str) -> None:
    asked = READY[name]
    read = {c for table in tabulate(asked).values() for c in table.controllers}
    questions = [q for q in asked.section.questions if q.name in read]
    for way in product(*(ways(q) for q in questions)):
        answers = {q.name: answer for q, answer in zip(questions, way, strict=True)}
        assert shown(asked, answers) == asked.outcome(answers, TODAY).visible


def test_two_questions_decide_and_a_hidden_one_counts_as_unanswered() -> None:
    asked = of(
        question("first", "one_choice", choices=CHOICES),
        question("several", "several_choices", choices=CHOICES, relevant="${first} != 'c1'"),
        question("scale", "scale", low={"fr": "a", "en": "a"}, high={"fr": "b", "en": "b"}),
        question("last", "yes_no", relevant="${scale} <= 2 and not(selected(${several}, 'c2'))"),
        question("comment", "long_text", relevant="${last} = 'no' or ${first} = 'c3'"),
    )
    questions = asked.section.questions[:4]
    for way in product(*(ways(q) for q in questions)):
        answers = {q.name: answer for q, answer in zip(questions, way, strict=True)}
        assert shown(asked, answers) == asked.outcome(answers, TODAY).visible


@pytest.mark.parametrize(
    "condition",
    ["${comment} != ''", "today() > date('2026-01-01')", "${a} = 'c1' and ${wide} = 'n1'"],
)
def test_a_condition_that_no_table_holds_is_refused(condition: str) -> None:
    wide = [{"name": f"n{n}", "label": {"fr": "Un", "en": "One"}} for n in range(300)]
    asked = of(
        question("a", "one_choice", choices=CHOICES),
        question("wide", "one_choice", choices=wide),
        question("comment", "long_text"),
        question("b", "yes_no", relevant=condition),
    )
    with pytest.raises(ConditionTooWideError):
        tabulate(asked)


def test_boxes_past_ten_make_a_condition_too_wide() -> None:
    boxes = [{"name": f"n{n}", "label": {"fr": "Un", "en": "One"}} for n in range(11)]
    asked = of(
        question("a", "several_choices", choices=boxes),
        question("b", "yes_no", relevant="selected(${a}, 'n1')"),
    )
    with pytest.raises(ConditionTooWideError):
        tabulate(asked)


@pytest.mark.parametrize(
    "strange",
    [
        question("when", "date"),
        question("words", "long_text"),
        question("b", "yes_no") | {"label": {"fr": "${a} ?", "en": "${a}?"}},
        question("b", "one_choice", choices=CHOICES, choice_filter="name != ${a}"),
    ],
)
def test_what_the_widget_cannot_show_is_refused(strange: dict[str, Any]) -> None:
    with pytest.raises(NotForWidgetError):
        tabulate(of(question("a", "one_choice", choices=CHOICES), strange))
