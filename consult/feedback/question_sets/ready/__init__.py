"""The sets ready to use, one JSON file each, read when the program starts."""

import json
from pathlib import Path

from consult.feedback.question_sets.sets import QuestionSet
from consult.questionnaires import Text, parse_questionnaire

#: In the order they are offered.
NAMES = ("rating", "faces", "task", "trust", "recommend")


def _read(name: str) -> QuestionSet:
    data = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    satisfaction = data["satisfaction"] or {}
    return QuestionSet(
        name,
        parse_questionnaire(data["definition"]),
        satisfaction.get("question"),
        satisfaction.get("points", {}),
        data["faces"],
        **{told: Text(**data[told]) for told in ("title", "measures", "source")},
    )


READY = {name: _read(name) for name in NAMES}
