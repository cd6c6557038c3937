"""docs/question-sets.md says what the ready sets are, word for word."""

from pathlib import Path

import pytest

from consult.feedback.question_sets import READY, QuestionSet
from consult.feedback.question_sets.limits import MOST_CHOICES, MOST_QUESTIONS, RESERVED
from consult.questionnaires import Question

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "question-sets.md").read_text()


def told(asked: QuestionSet) -> str:
    """The part of the document on a set."""
    lines = [f"## {asked.title.fr} / {asked.title.en} (`{asked.name}`)", ""]
    lines += [f"{asked.measures.fr} / {asked.measures.en}", ""]
    lines += [f"Source : {asked.source.fr} / {asked.source.en}", ""]
    lines += ["| nom / name | français | English |", "| --- | --- | --- |"]
    for question in asked.section.questions:
        lines.append(_row(question.name, question, question.label.fr, question.label.en))
        lines += [
            f"| `{choice.name}` | {choice.label.fr} | {choice.label.en} |"
            for choice in question.options
        ]
    return "\n".join(lines)


def _row(name: str, question: Question, fr: str, en: str) -> str:
    must = (" (exigée)", " (required)") if question.required else ("", "")
    when = f"<br>`{question.relevant}`" if question.relevant else ""
    return f"| **`{name}`**{when} | **{fr}**{must[0]} | **{en}**{must[1]} |"


@pytest.mark.parametrize("name", READY)
def test_each_ready_set_stands_there_word_for_word(name: str) -> None:
    assert told(READY[name]) in DOCUMENT


def test_the_limits_stand_there() -> None:
    assert f"{MOST_QUESTIONS} questions" in DOCUMENT
    assert f"{MOST_CHOICES} choices" in DOCUMENT
    assert ", ".join(f"`{name}`" for name in sorted(RESERVED)) in DOCUMENT
