"""Reading a definition: from JSON text or plain data to a ``Questionnaire``, or all its faults."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.errors import DefinitionError, Problem
from consult.questionnaires.logic import Logic
from consult.questionnaires.types import QUESTION_TYPES

#: Pydantic's names of faults, in ours; any other is a 'wrong_value'.
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "union_tag_invalid": "unknown_type",
    "union_tag_not_found": "missing",
    "duplicate_name": "duplicate_name",
    "string_pattern_mismatch": "bad_name",
    "string_too_long": "bad_name",
    "too_short": "too_few",
    "too_long": "too_many",
    "unstorable_text": "unstorable_text",
    "string_unicode": "unstorable_text",
    "no_other_choice": "no_other_choice",
    "impossible_bounds": "impossible_bounds",
    "unknown_choice": "unknown_choice",
}


def parse_questionnaire(source: str | bytes | Mapping[str, Any]) -> Questionnaire:
    """Reads a definition in the JSON form; raises ``DefinitionError`` with every fault's path.

    What comes out has valid logic too. Faults of the expressions are told once there is no other.
    """
    data = _from_json(source) if isinstance(source, str | bytes) else source
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        raise DefinitionError(_problems(error.errors())) from error
    Logic(questionnaire)
    return questionnaire


def _from_json(source: str | bytes) -> Any:
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        return json.loads(text)
    except UnicodeDecodeError as error:
        raise DefinitionError([Problem("", "not_utf8")]) from error
    except json.JSONDecodeError as error:
        place = {"line": str(error.lineno), "column": str(error.colno)}
        raise DefinitionError([Problem("", "not_json", place)]) from error
    except RecursionError as error:
        raise DefinitionError([Problem("", "wrong_value")]) from error


def _problems(faults: Sequence[ErrorDetails]) -> list[Problem]:
    """One problem per fault; a list that is only short of its faulty items is not one."""
    found = [_problem(fault) for fault in faults]
    return [
        problem
        for problem in found
        if problem.code != "too_few"
        or not any(other.path.startswith(f"{problem.path}[") for other in found)
    ]


def _problem(fault: ErrorDetails) -> Problem:
    name = str(fault.get("ctx", {}).get("name", ""))
    code = CODES.get(fault["type"], "wrong_value")
    return Problem(_path(fault), code, {"name": name} if name else {})


def _path(fault: ErrorDetails) -> str:
    """'sections[0].questions[2].label': as one would write it to reach the place."""
    steps = _without_tags(fault["loc"])
    if fault["type"] in ("union_tag_not_found", "union_tag_invalid"):
        steps = [*steps, "type"]
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")


def _without_tags(steps: Sequence[int | str]) -> list[int | str]:
    """Pydantic puts the question's type after its number; it is no part of the file."""
    return [
        step
        for place, step in enumerate(steps)
        if not (place >= 2 and step in QUESTION_TYPES and steps[place - 2] == "questions")
    ]
