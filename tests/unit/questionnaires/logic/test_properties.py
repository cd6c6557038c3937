"""What holds of the logic of any questionnaire, whatever the answers."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.questionnaires import parse_questionnaire
from consult.questionnaires.logic import Logic, Outcome
from tests.factories.definitions import answers_for, definitions

TODAY = date(2026, 5, 1)


def told(outcome: Outcome) -> tuple[object, ...]:
    """The outcome as it can be compared: errors by what they say."""
    errors = {name: (error.code, error.params) for name, error in outcome.errors.items()}
    rest = (outcome.visible, outcome.sections, outcome.answers, outcome.choices, outcome.required)
    return (*rest, errors)


@settings(max_examples=75)
@given(definitions(), st.data())
def test_the_same_outcome_however_one_came_to_it(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    questionnaire = parse_questionnaire(definition)
    logic = Logic(questionnaire)
    answers = data.draw(answers_for(questionnaire))
    outcome = logic.outcome(answers, TODAY)

    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert told(logic.outcome(shuffled, TODAY)) == told(outcome), "whatever the order"

    assert told(logic.outcome(outcome.answers, TODAY)) == told(outcome), "asked again"

    hidden = sorted(set(answers) - set(outcome.answers))
    for name in hidden:
        without = {other: answer for other, answer in answers.items() if other != name}
        assert told(logic.outcome(without, TODAY)) == told(outcome), "a hidden answer says nothing"


@settings(max_examples=75)
@given(definitions(), st.data())
def test_what_is_told_is_about_what_is_shown(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    questionnaire = parse_questionnaire(definition)
    answers = data.draw(answers_for(questionnaire))
    outcome = Logic(questionnaire).outcome(answers, TODAY)

    shown = {
        section.name
        for section in questionnaire.sections
        for question in section.questions
        if question.name in outcome.visible
    }
    assert [s.name for s in questionnaire.sections if s.name in shown] == list(outcome.sections)
    assert set(outcome.errors) | outcome.required | set(outcome.choices) <= outcome.visible
    for question in questionnaire.questions:
        if question.is_shown and question.name not in outcome.visible:
            assert question.name not in outcome.answers
