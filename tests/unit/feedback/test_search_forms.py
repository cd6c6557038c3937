"""Words and their other forms, and what people type."""

import pytest

from consult.feedback.search.matching import fts5, tsquery
from consult.searching.asked import read_asked
from consult.searching.forms import forms

#: A word that is searched for, and another form of it that has to be found.
PAIRS = [
    *(("codes", "code"), ("code", "codes"), ("reseaux", "reseau"), ("journal", "journaux")),
    *(("journaux", "journal"), ("payer", "payee"), ("payee", "payer"), ("bloque", "bloquees")),
    *(("payments", "payment"), ("boxes", "box"), ("tries", "try"), ("try", "tried")),
    *(("waiting", "waited"), ("waited", "wait"), ("wait", "waiting"), ("save", "saving")),
    *(("stopped", "stop"), ("queries", "query"), ("connexions", "connexion")),
]


@pytest.mark.parametrize(("asked", "written"), PAIRS)
def test_a_word_is_found_in_its_other_forms(asked: str, written: str) -> None:
    assert written in forms(asked)


@pytest.mark.parametrize(
    ("asked", "other"),
    [("pays", "payer"), ("pays", "paysage"), ("prix", "prier"), ("bras", "brad")],
)
def test_another_word_is_not(asked: str, other: str) -> None:
    assert other not in forms(asked)


def test_what_is_typed_becomes_one_question_for_each_database() -> None:
    asked = read_asked("  codes d’accès -« mot de passe » ")
    assert [term.phrases[0] for term in asked.wanted] == [("codes",), ("acces",)]
    assert [term.phrases for term in asked.unwanted] == [(("mot", "de", "passe"),)]
    assert fts5(asked.unwanted[0]) == '"mot de passe"'
    assert tsquery(asked.unwanted[0]) == "('mot' <-> 'de' <-> 'passe')"
    assert fts5(asked.wanted[0]).startswith('"codes" * OR ')
    assert not read_asked(" - \"' ")
