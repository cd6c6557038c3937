"""The municipalities of Québec: official code, name and region.

Source: the Répertoire des municipalités of the ministère des Affaires municipales et de
l'Habitation (Données Québec, CC BY 4.0), with the mergers known in 2026. Municipalities that share
a name and a region bear their designation in brackets: "Hatley (canton)".
"""

import csv
import difflib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from consult.questionnaires.regions import REGIONS


class Place(NamedTuple):
    """A municipality; ``region`` is the code of its administrative region, '01' to '17'."""

    code: str
    name: str
    region: str


@cache
def municipalities() -> tuple[Place, ...]:
    """Every municipality, by name."""
    path = Path(__file__).with_name("municipalities.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Place(row["code"], row["name"], row["region"]) for row in csv.DictReader(lines)
        )


def municipality_name(code: str) -> str:
    """The name, with its region in brackets where several bear it; the code when unknown."""
    return _names().get(code, code)


def find_municipality(typed: str) -> tuple[str, ...]:
    """The codes of the municipalities that ``typed`` names: one, several or none.

    ``typed`` is a code, a name, or a name with its region in brackets; case, accents, hyphens and
    "St" for "Saint" do not matter. A name without its designation names all that share it.
    """
    if typed in _names():
        return (typed,)
    return _by_name().get(_plain(typed), ())


def municipality_names() -> tuple[str, ...]:
    """Every name to choose among, as ``find_municipality`` takes it."""
    return tuple(sorted(_names().values(), key=_plain))


def namesakes(typed: str) -> tuple[str, ...]:
    """The names, regions in brackets, of the municipalities that ``typed`` names."""
    return tuple(municipality_name(code) for code in find_municipality(typed))


def close_municipalities(typed: str) -> tuple[str, ...]:
    """The names of up to three municipalities spelled much like ``typed``, the closest first."""
    close = difflib.get_close_matches(_plain(typed[:100]), _by_name(), n=3, cutoff=0.75)
    codes = dict.fromkeys(code for name in close for code in _by_name()[name])
    return tuple(municipality_name(code) for code in codes)[:3]


@cache
def _names() -> dict[str, str]:
    bearers: dict[str, int] = {}
    for place in municipalities():
        bearers[_plain(place.name)] = bearers.get(_plain(place.name), 0) + 1
    return {
        place.code: place.name if bearers[_plain(place.name)] == 1 else _with_region(place)
        for place in municipalities()
    }


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for place in municipalities():
        bare, _, _ = place.name.partition(" (")
        for name in {_plain(bare), _plain(place.name), _plain(_with_region(place))}:
            found[name] = (*found.get(name, ()), place.code)
    return found


def _with_region(place: Place) -> str:
    return f"{place.name} ({REGIONS[place.region].fr})"


def _plain(name: str) -> str:
    """The name without what people type in many ways."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in kept.split())
