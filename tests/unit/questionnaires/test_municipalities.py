"""The list of municipalities, and how people's spellings are found in it."""

import re

import pytest

from consult.questionnaires.municipalities import (
    close_municipalities,
    find_municipality,
    municipalities,
    municipality_name,
    municipality_names,
    namesakes,
)
from consult.questionnaires.regions import REGIONS


def test_the_whole_of_quebec_is_there() -> None:
    places = municipalities()

    assert 1050 <= len(places) <= 1200
    assert {place.region for place in places} == set(REGIONS)
    assert all(re.fullmatch(r"\d{5}", place.code) for place in places)
    assert len({place.code for place in places}) == len(places)


def test_no_two_names_in_a_region_are_the_same() -> None:
    assert len({(place.name, place.region) for place in municipalities()}) == len(municipalities())


def test_every_name_to_choose_among_is_found_again_alone() -> None:
    found = [find_municipality(name) for name in municipality_names()]

    assert sorted(found) == sorted((place.code,) for place in municipalities())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Montreal", "66023"),
        ("st-jerome", "75017"),
        ("STE ADELE", "77022"),
        ("L'Ancienne Lorette", "23057"),
        ("L’Ancienne-Lorette", "23057"),
        ("Saint Lazare", "71105"),
        ("Beloeil", "57040"),
        ("sacré-cœur", "95010"),
        ("saint lin - laurentides", "63048"),
        ("Saint-Louis-du-Ha! Ha!", "13080"),
        ("Chisasibi", "99055"),
        ("Kuujjuaq", "99095"),
        ("Bolton-Ouest (Estrie)", "46065"),
        ("54048", "54048"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed: str, code: str) -> None:
    assert find_municipality(typed) == (code,)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Saint Sebastien", {"Saint-Sébastien (Estrie)", "Saint-Sébastien (Montérégie)"}),
        ("l'ange gardien", {"L'Ange-Gardien (Outaouais)", "L'Ange-Gardien (Capitale-Nationale)"}),
        ("hatley", {"Hatley (canton)", "Hatley (municipalité)"}),
    ],
)
def test_namesakes_are_told_apart(typed: str, names: set[str]) -> None:
    assert set(namesakes(typed)) == names


@pytest.mark.parametrize(
    ("code", "region"),
    [("21045", "03"), ("47017", "05"), ("25213", "12"), ("99095", "10"), ("29027", "12")],
)
def test_a_municipality_is_in_its_region(code: str, region: str) -> None:
    assert [place.region for place in municipalities() if place.code == code] == [region]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Drumondville", "49058"), ("Rouin-Noranda", "86042")]
)
def test_a_misspelling_is_understood(typed: str, meant: str) -> None:
    assert find_municipality(typed) == ()
    assert municipality_name(meant) in close_municipalities(typed)
