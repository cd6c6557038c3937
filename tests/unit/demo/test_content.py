"""The demo's files hold together: names exist, answers fit, both languages are there."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import consult.demo
from consult.feedback.question_sets import READY
from consult.questionnaires import QUESTION_TYPES, missing_languages, parse_questionnaire

CONTENT = Path(consult.demo.__file__).parent / "content"
CONSULTATIONS = sorted(path.stem for path in (CONTENT / "consultations").glob("*.json"))
REGIONS = {f"{number:02d}" for number in range(1, 18)}
SAYS_NOTHING = {"ras", "n/a", "👍"}
CONTACT = re.compile(r"[\w.+-]+@([\w-]+\.[\w.-]+)|\b(\d{3}[ -]\d{3}[ -]\d{4})\b")


def _json(name: str) -> Any:
    return json.loads((CONTENT / name).read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, strict=True))


def _consultation(slug: str) -> dict[str, Any]:
    return _json(f"consultations/{slug}.json")


def _questions(slug: str) -> list[dict[str, Any]]:
    sections = _consultation(slug)["questionnaire"]["sections"]
    return [question for section in sections for question in section["questions"]]


def _services() -> set[str]:
    return {service["slug"] for body in _json("organizations.json") for service in body["services"]}


def _localized(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text with a language, with the path that leads to it."""
    if isinstance(value, dict):
        if value.keys() & {"fr", "en"}:
            yield path, value
        else:
            for key, inner in value.items():
                yield from _localized(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _localized(inner, f"{path}/{number}")


def _misfit(question: dict[str, Any], answer: str) -> str | None:
    """Why ``answer`` cannot be given to ``question``, or nothing."""
    if not answer:
        return "missing" if question["required"] else None
    choices = {choice["name"] for choice in question.get("choices", [])}
    fits = {
        "short_text": lambda: len(answer) <= question["max_length"],
        "long_text": lambda: len(answer) <= question["max_length"],
        "one_choice": lambda: answer in choices,
        "several_choices": lambda: set(answer.split("|")) <= choices,
        "scale": lambda: answer in {"1", "2", "3", "4", "5"},
        "region": lambda: answer in REGIONS,
    }
    return None if fits[question["type"]]() else f"{answer!r} does not fit"


@pytest.mark.parametrize(
    "name",
    [
        "organizations.json",
        "improvements.json",
        "involvement.json",
        "register.json",
        *(f"consultations/{s}.json" for s in CONSULTATIONS),
    ],
)
def test_every_text_is_in_both_languages(name: str) -> None:
    texts = list(_localized(_json(name)))
    assert texts
    assert not [path for path, text in texts if text.keys() != {"fr", "en"}]
    assert not [path for path, text in texts if not text["fr"].strip() or not text["en"].strip()]


@pytest.mark.parametrize(
    "name",
    [
        "organizations.json",
        "improvements.json",
        "involvement.json",
        "register.json",
        *(f"consultations/{s}.json" for s in CONSULTATIONS),
    ],
)
def test_texts_follow_the_typography_of_each_language(name: str) -> None:
    texts = list(_localized(_json(name)))
    assert not [path for path, text in texts if "'" in text["fr"] + text["en"]]
    assert not [path for path, text in texts if re.search(r"[^\u00a0]:|« | »| %", text["fr"])]
    assert not [path for path, text in texts if re.search(r"[^\u202f][;?!]", text["fr"])]


def test_two_public_bodies_that_say_they_are_fictitious() -> None:
    bodies = _json("organizations.json")
    assert len(bodies) == 2
    assert len(_services()) == 3
    for body in bodies:
        assert "fictif" in body["description"]["fr"]
        assert "fictitious" in body["description"]["en"]


def test_two_consultations_are_open_one_is_closed_and_one_is_coming() -> None:
    states: Counter[str] = Counter()
    for slug in CONSULTATIONS:
        opens, closes = (_consultation(slug)[key] for key in ("opens_days", "closes_days"))
        assert opens < closes
        states["coming" if opens > 0 else "closed" if closes < 0 else "open"] += 1
    assert states == {"open": 2, "closed": 1, "coming": 1}


@pytest.mark.parametrize("slug", CONSULTATIONS)
def test_a_questionnaire_can_be_asked(slug: str) -> None:
    consultation, questions = _consultation(slug), _questions(slug)
    sections = consultation["questionnaire"]["sections"]
    assert consultation["slug"] == slug
    assert consultation["organization"] in {body["slug"] for body in _json("organizations.json")}
    assert 2 <= len(sections) <= 4
    assert 6 <= len(questions) <= 18
    for thing in [*sections, *questions, *(c for q in questions for c in q.get("choices", []))]:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", thing["name"])
    for names in [
        [section["name"] for section in sections],
        [question["name"] for question in questions],
        *([choice["name"] for choice in q["choices"]] for q in questions if "choices" in q),
    ]:
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("slug", CONSULTATIONS)
def test_a_questionnaire_is_complete_in_both_languages(slug: str) -> None:
    questionnaire = parse_questionnaire(_consultation(slug)["questionnaire"])
    assert missing_languages(questionnaire) == []


@pytest.mark.parametrize("slug", CONSULTATIONS)
def test_satisfaction_is_asked_on_a_scale(slug: str) -> None:
    name = _consultation(slug)["satisfaction_question"]
    types = {question["name"]: question["type"] for question in _questions(slug)}
    assert name is None or types[name] == "scale"


def test_the_open_consultations_show_most_types_of_question() -> None:
    types = {
        q["type"] for slug in ("permis-simples", "demander-du-repit") for q in _questions(slug)
    }
    not_shown = {"file", "heading", "hidden", "calculated", "consent", "decimal", "time"}
    assert types == QUESTION_TYPES.keys() - not_shown


@pytest.mark.parametrize("path", sorted((CONTENT / "answers").glob("*.csv")), ids=lambda p: p.stem)
def test_answers_fit_their_questions(path: Path) -> None:
    consultation, questions = _consultation(path.stem), _questions(path.stem)
    rows = _rows(f"answers/{path.name}")
    assert list(rows[0]) == ["lang", "days_ago", *(question["name"] for question in questions)]
    lasted = consultation["closes_days"] - consultation["opens_days"]
    for number, row in enumerate(rows, start=2):
        assert row["lang"] in ("fr", "en")
        assert 0 <= int(row["days_ago"]) < lasted, f"line {number}"
        for question in questions:
            misfit = _misfit(question, row[question["name"]])
            assert misfit is None, f"line {number}, {question['name']}: {misfit}"


def test_the_closed_consultation_has_ninety_answers_in_both_languages() -> None:
    languages = Counter(row["lang"] for row in _rows("answers/refuges-equitables.csv"))
    assert languages.total() == 90
    assert 0.5 <= languages["fr"] / 90 <= 0.7


def test_feedback_is_of_a_known_service_and_well_formed() -> None:
    services = _services()
    for number, row in enumerate(_rows("feedback.csv"), start=1):
        assert row["service"] in services, number
        assert row["lang"] in ("fr", "en"), number
        assert row["rating"] in {"", "1", "2", "3", "4", "5"}, number
        assert row["channel"] in {"web", "web-page", "phone", "counter"}, number
        assert 0 <= int(row["days_ago"]) <= 180, number
        assert row["page"] == "" or re.fullmatch(r"/[a-z0-9/-]*", row["page"]), number
        assert row["comment"].strip(), number


def test_feedback_on_another_set_answers_its_questions() -> None:
    asked = READY["task"]
    for number, row in enumerate(_rows("feedback_task.csv"), start=1):
        assert (row["why_not"] != "") == (row["completion"] == "no"), number
        for question in asked.section.answerable:
            question.check(question.normalise(row[question.name]))


def test_there_are_enough_comments_mostly_in_french() -> None:
    rows = _rows("feedback.csv")
    assert len(rows) >= 300
    assert {row["service"] for row in rows} == _services()
    assert 0.5 <= sum(row["lang"] == "fr" for row in rows) / len(rows) <= 0.7


def test_no_two_people_wrote_the_same_comment() -> None:
    written = [row["comment"].strip().casefold() for row in _rows("feedback.csv")]
    written += [
        row[question].strip().casefold()
        for row in _rows("answers/refuges-equitables.csv")
        for question in ("what_happened", "one_thing")
        if row[question]
    ]
    repeated = {comment for comment, times in Counter(written).items() if times > 1}
    assert repeated <= SAYS_NOTHING


def test_contact_details_are_few_and_obviously_fictitious() -> None:
    found = [match for row in _rows("feedback.csv") for match in CONTACT.finditer(row["comment"])]
    assert 4 <= len({match.string for match in found}) <= 5
    for match in found:
        domain, phone = match.groups()
        assert re.search(r"(^|\.)example\.(org|com)$", domain) if domain else "555-01" in phone


def test_improvements_tell_every_way_one_can_end() -> None:
    improvements = _json("improvements.json")
    assert {improvement["service"] for improvement in improvements} == _services()
    assert all(0 <= improvement["days_ago"] <= 180 for improvement in improvements)
    states = Counter(improvement["state"] for improvement in improvements)
    assert states == {"done": 3, "declined": 1, "in_progress": 2, "planned": 1, "to_study": 1}
