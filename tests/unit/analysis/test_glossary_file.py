"""The glossary that is shipped: what whoever adds a pair must keep."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from consult.analysis.text.tokens import strip_accents


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    source = files("consult.analysis.text").joinpath("glossary.csv")
    with source.open(encoding="utf-8", newline="") as lines:
        return [(row["fr"], row["en"]) for row in csv.DictReader(lines, strict=True)]


def test_it_holds_enough_words_to_bridge_two_languages(pairs: list[tuple[str, str]]) -> None:
    assert len({fr for fr, _ in pairs}) >= 1_200
    assert len({en for _, en in pairs}) >= 1_200


def test_no_pair_stands_twice(pairs: list[tuple[str, str]]) -> None:
    assert [pair for pair, count in Counter(pairs).items() if count > 1] == []


def test_every_cell_is_filled_in_lower_case(pairs: list[tuple[str, str]]) -> None:
    words = [word for pair in pairs for word in pair]
    assert [word for word in words if not word or word != word.strip().lower()] == []


def test_it_is_in_alphabetical_order(pairs: list[tuple[str, str]]) -> None:
    french = [(strip_accents(fr), fr) for fr, _ in pairs]
    assert french == sorted(french)


@pytest.mark.parametrize(
    "pair",
    [
        ("courriel", "email"),
        ("attente", "wait"),
        ("mot de passe", "password"),
        ("parité", "parity"),
    ],
)
def test_everyday_words_are_there(pairs: list[tuple[str, str]], pair: tuple[str, str]) -> None:
    assert pair in pairs
