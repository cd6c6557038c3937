"""Definitions stay as they were published, and the documentation tells them word for word."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from consult.targets.definitions import (
    TARGETS,
    DefinitionNotKnownError,
    all_definitions,
    definition_on,
)
from consult.targets.indicators import ENOUGH_BODIES, INDICATORS
from consult.targets.months import ended_months, last_day, months_before
from consult.targets.queries.figures import Figure
from consult.targets.words import NAMES, REASONS

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "consult" / "targets" / "definitions"

#: The digest of each published version. A change of rule is another version, never another digest.
PUBLISHED = {
    "designed_v1": "323a7cef7ce4814d",
    "digital_consultations_v1": "563c7b35da107e89",
    "evolving_v1": "7400c370e36ec5e9",
}


def test_a_published_definition_never_changes() -> None:
    found = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in FOLDER.glob("*_v*.py")
    }
    assert found == PUBLISHED


def test_the_documentation_says_what_the_definitions_say() -> None:
    said = (ROOT / "docs" / "targets.md").read_text()
    for definition in all_definitions():
        title = f"{NAMES[definition.target]} (`{definition.target}`, version {definition.number})"
        rules = "\n".join(f"- {rule}" for rule in definition.rules)
        part = f"{title}\n\n{definition.definition}\n\nFormula: {definition.formula}\n\n{rules}\n"
        assert part in said
    for one in INDICATORS:
        asks = "yes or no" if one.is_yes_no else "a share"
        assert f"| {one.number} | {one.name} | {asks} |" in said
    assert f"once {ENOUGH_BODIES} of them declared" in said


def test_every_reason_has_words() -> None:
    reasons = {reason for one in all_definitions() for reason in one.reasons}
    assert reasons == set(REASONS)


def test_the_version_of_a_day() -> None:
    assert {definition_on(target, date(2026, 1, 1)).number for target in TARGETS} == {1}
    with pytest.raises(DefinitionNotKnownError):
        definition_on("designed", date(2018, 1, 1))


@pytest.mark.parametrize(
    ("counted", "total", "lacking"),
    [(0, 0, 0), (0, 1, 1), (3, 4, 0), (2, 3, 1), (0, 100, 75), (1, 5, 3), (5, 5, 0)],
)
def test_the_distance_is_the_fewest_that_reach_the_goal(
    counted: int, total: int, lacking: int
) -> None:
    figure = Figure(counted, total, 75)
    assert figure.lacking == lacking
    assert (counted + lacking) * 100 >= 75 * total
    if lacking:
        assert (counted + lacking - 1) * 100 < 75 * total


def test_months_of_the_calendar() -> None:
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2024, 1, 15), 13) == date(2022, 12, 15)
    assert last_day(date(2024, 12, 1)) == date(2024, 12, 31)
    assert list(ended_months(date(2026, 2, 1), 3)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
