"""What a service's own questions may be, each limit by its name."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from consult.feedback.question_sets import READY
from consult.feedback.question_sets.limit_messages import LIMITS
from consult.feedback.question_sets.limits import RESERVED, limit_problems
from consult.feedback.views.intake import ABOUT
from consult.questionnaires import parse_questionnaire

Definition = dict[str, Any]


def text(words: str) -> dict[str, str]:
    return {"fr": words, "en": words}


def choice_question(name: str, **more: Any) -> Definition:
    choices = [{"name": choice, "label": text(choice)} for choice in ("a", "b", "other")]
    return {"name": name, "type": "one_choice", "label": text(name), "choices": choices, **more}


def definition() -> Definition:
    return {
        "title": text("Votre avis"),
        "sections": [
            {
                "name": "feedback",
                "title": text("Votre avis"),
                "questions": [
                    choice_question("kind"),
                    {"name": "comment", "type": "long_text", "label": text("?")},
                ],
            }
        ],
    }


def codes(made: Definition) -> list[str]:
    return [problem.code for problem in limit_problems(parse_questionnaire(made))]


@pytest.mark.parametrize("name", READY)
def test_every_ready_set_is_within_the_limits(name: str) -> None:
    assert limit_problems(READY[name].questionnaire) == []


def test_a_short_set_is_within_the_limits() -> None:
    assert codes(definition()) == []


Change = Callable[[Definition, list[Definition]], object]

BEYOND: dict[str, Change] = {
    "several_pages": lambda whole, asked: whole["sections"].append(
        {"name": "two", "title": text("2"), "questions": [choice_question("more")]}
    ),
    "page_condition": lambda whole, asked: whole["sections"][0].update(relevant="1 = 1"),
    "too_many_questions": lambda whole, asked: asked.extend(
        choice_question(f"q{number}") for number in range(7)
    ),
    "several_texts": lambda whole, asked: asked.append(
        {"name": "why", "type": "long_text", "label": text("why")}
    ),
    "text_name": lambda whole, asked: asked[1].update(name="words"),
    "comment_type": lambda whole, asked: asked.__setitem__(1, choice_question("comment")),
    "comment_length": lambda whole, asked: asked[1].update(max_length=6_000),
    "question_type": lambda whole, asked: asked.append(
        {"name": "when", "type": "date", "label": text("when")}
    ),
    "reserved_name": lambda whole, asked: asked[0].update(name="website"),
    "constraint": lambda whole, asked: asked[0].update(constraint=". != 'a'"),
    "required_if": lambda whole, asked: asked[1].update(required_if="${kind} = 'a'"),
    "choice_filter": lambda whole, asked: asked[0].update(choice_filter="name != 'a'"),
    "other": lambda whole, asked: asked[0].update(other=text("Précisez")),
    "too_many_choices": lambda whole, asked: asked[0].update(
        choices=[{"name": f"c{n}", "label": text(str(n))} for n in range(21)]
    ),
    "piping": lambda whole, asked: asked[1].update(label=text("Pourquoi ${kind} ?")),
    "condition": lambda whole, asked: asked[0].update(relevant="${comment} != ''"),
    "condition_on_later": lambda whole, asked: asked.insert(
        0, choice_question("first", relevant="${kind} = 'a'")
    ),
    "condition_too_wide": lambda whole, asked: (
        asked[0].update(
            type="several_choices",
            choices=[{"name": f"c{n}", "label": text(str(n))} for n in range(11)],
        ),
        asked[1].update(relevant="selected(${kind}, 'c1')"),
    ),
    "condition_on_time": lambda whole, asked: asked[1].update(
        relevant="${kind} = 'a' and today() > '2026-01-01'"
    ),
}


@pytest.mark.parametrize("code", BEYOND)
def test_each_limit_has_a_name(code: str) -> None:
    made = definition()
    BEYOND[code](made, made["sections"][0]["questions"])
    assert code in codes(made)


def test_a_condition_that_names_nothing_is_refused() -> None:
    made = definition()
    made["sections"][0]["questions"][1]["relevant"] = "1 = 1"
    assert codes(made) == ["condition"]


def test_a_problem_tells_its_question() -> None:
    made = copy.deepcopy(definition())
    made["sections"][0]["questions"][0]["name"] = "return_to"
    (problem,) = limit_problems(parse_questionnaire(made))
    assert problem.question is not None
    assert problem.question.fr == "kind"


def test_every_limit_has_words() -> None:
    assert LIMITS.keys() == BEYOND.keys()


def test_no_question_is_called_as_what_a_form_says_beside_the_answers() -> None:
    assert set(ABOUT) <= RESERVED
