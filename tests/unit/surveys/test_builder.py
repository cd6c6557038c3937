"""Names made from words, rows that grow, and which side of a text is older."""

import pytest
from werkzeug.datastructures import MultiDict

from consult.surveys.builder.naming import new_name, proposed_name
from consult.surveys.builder.references import referenced, renamed
from consult.surveys.builder.staleness import mark_stale, stale_side
from consult.surveys.forms.builder.rows import arranged, lines_in, lines_of


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Votre région ?", "votre_region"),
        ("L’œuvre d’ici", "l_oeuvre_d_ici"),
        ("2025, bonne année ?", "q_2025_bonne_annee"),
        ("你好", "q"),
        ("Vous donnez ${hours} heures", "vous_donnez_heures"),
        ("mot " * 30, "mot_mot_mot_mot_mot_mot_mot_mot_mot_mot"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_name_is_made_from_words(words: str, name: str) -> None:
    assert proposed_name(words, ()) == name


def test_names_never_come_twice() -> None:
    assert new_name("bus", {"bus", "bus_2"}) == "bus_3"
    assert new_name("bus_2", {"bus_2"}) == "bus_3"
    assert len(new_name("b" * 80, {"b" * 80})) <= 80


def test_only_references_are_renamed() -> None:
    rule = "${age} > 3 and ${ age } < 9 and ${aged} = 'age'"
    assert referenced(rule) == {"age", "aged"}
    assert renamed(rule, {"age": "years"}) == "${years} > 3 and ${years} < 9 and ${aged} = 'age'"


@pytest.mark.parametrize(
    ("before", "after", "stale"),
    [
        (("a", "b", ""), ("a", "b"), ""),
        (("a", "b", "en"), ("a", "b"), "en"),
        (("a", "b", ""), ("A", "b"), "en"),
        (("a", "b", ""), ("a", "B"), "fr"),
        (("a", "b", "fr"), ("A", "b"), ""),
        (("a", "b", "en"), ("A", "b"), "en"),
        (("a", "b", "en"), ("A", "B"), ""),
        (("a", "", ""), ("a", "B"), ""),
        (("a", "b", ""), ("A", ""), ""),
        (("a", "b", ""), ("a ", "b"), ""),
    ],
)
def test_the_older_side(before: tuple[str, str, str], after: tuple[str, str], stale: str) -> None:
    earlier = dict(zip(("fr", "en", "stale"), before, strict=True))
    assert stale_side(earlier, dict(zip(("fr", "en"), after, strict=True))) == stale


def test_a_question_that_changed_page_is_compared_with_itself() -> None:
    def definition(page: str, fr: str) -> dict[str, object]:
        question = {"name": "q", "label": {"fr": fr, "en": "Q", "stale": ""}}
        return {"sections": [{"name": page, "questions": [question]}]}

    after = definition("two", "R")
    mark_stale(definition("one", "Q"), after)
    assert after == {
        "sections": [
            {
                "name": "two",
                "questions": [{"name": "q", "label": {"fr": "R", "en": "Q", "stale": "en"}}],
            }
        ]
    }


def rows(sent: MultiDict[str, str]) -> list[str]:
    return [value for key, value in sent.items(multi=True) if key.endswith("label-fr")]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("save", ["a", "b", "c"]),
        ("choices-add", ["a", "b", "c", ""]),
        ("choices-up-1", ["b", "a", "c"]),
        ("choices-up-0", ["a", "b", "c"]),
        ("choices-down-3", ["a", "b", "c"]),
        ("choices-remove-1", ["a", "c"]),
        ("choices-remove-99", ["a", "b", "c"]),
        ("rows-remove-1", ["a", "b", "c"]),
    ],
)
def test_rows_are_arranged(action: str, expected: list[str]) -> None:
    """The third row of the four sent is blank: it goes."""
    sent = MultiDict(
        [(f"choices-{n}-label-fr", words) for n, words in enumerate(["a", "b", " ", "c"])]
    )
    sent.add("label-fr-of-another", "kept")
    after = arranged(sent, "choices", action)
    assert rows(after) == expected
    assert after["label-fr-of-another"] == "kept"


def test_lines_come_back_as_they_were() -> None:
    text = "un | Un | One\ndeux | Deux\ntrois | Trois | Three | region=03, size=small"
    choices = lines_in(text)
    assert [choice["name"] for choice in choices] == ["un", "", "trois"]
    assert choices[2]["columns"] == {"region": "03", "size": "small"}
    assert lines_in(lines_of(choices)) == choices
