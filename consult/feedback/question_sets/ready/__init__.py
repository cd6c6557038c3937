"""The sets ready to use, one JSON file each, read when it is first asked for."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from consult.feedback.question_sets.sets import QuestionSet
from consult.questionnaires import Text, parse_questionnaire

#: In the order they are offered.
NAMES = ("rating", "faces", "task", "trust", "recommend")


@cache
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


class _Ready(Mapping[str, QuestionSet]):
    """The sets by name. What is never asked is never compiled: that takes most of a second."""

    def __getitem__(self, name: str) -> QuestionSet:
        if name not in NAMES:
            raise KeyError(name)
        return _read(name)

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


READY: Mapping[str, QuestionSet] = _Ready()
