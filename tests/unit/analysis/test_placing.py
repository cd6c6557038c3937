"""Placing comments into themes that are kept, learned once and stored."""

import json

import numpy as np
import pytest

from consult.analysis.text.placing import NOWHERE, SILENT, SURE, Placer
from consult.analysis.text.proposing import proposed_groups
from consult.analysis.text.stored import Store
from tests.unit.analysis.conftest import FORM, PARKING, STAFF, WAITING

SUBJECTS = [WAITING, FORM, STAFF]
NEW = [
    "Encore une heure d'attente au téléphone avant de parler à quelqu'un",
    "The application form crashes at the second page",
    "RAS",
    "zzz qwerty",
]


@pytest.fixture(scope="module")
def placer() -> Placer:
    lines = [*WAITING, *FORM, *STAFF, *PARKING]
    themes = np.full(len(lines), -1)
    themes[: sum(map(len, SUBJECTS))] = np.repeat([0, 1, 2], [len(lines) for lines in SUBJECTS])
    texts, langs = [line[2] for line in lines], [line[0] for line in lines]
    return Placer.learn(texts, langs, themes, family=[0, 1, 2])


def test_new_comments_go_where_others_like_them_are(placer: Placer) -> None:
    placed = placer.place(NEW, ["fr", "en", "fr", "en"])
    assert placed.theme.tolist() == [0, 1, -1, -1]
    assert placed.how[0] == SURE
    assert placed.how.tolist()[2:] == [SILENT, NOWHERE]


def test_what_is_stored_places_alike_and_holds_no_program(placer: Placer) -> None:
    state, arrays = placer.kept()
    assert state == json.loads(json.dumps(state))
    again = Placer.restored(state, arrays)
    assert again
    found, before = (
        again.place(NEW, ["fr", "en", "fr", "en"]),
        placer.place(NEW, ["fr", "en", "fr", "en"]),
    )
    assert found.theme.tolist() == before.theme.tolist()
    assert np.allclose(found.cosine, before.cosine, atol=0.01)
    assert again.kept() == (state, arrays)
    assert Placer.restored({**state, "words": "other lists"}, arrays) is None
    with pytest.raises(TypeError):
        Store().keep(object())


def test_a_theme_is_remembered_without_its_comments(placer: Placer) -> None:
    texts = [*NEW, "La page du formulaire plante", "Le personnel est aimable"]
    again = Placer.learn(
        texts, ["fr", "en", "fr", "en", "fr", "fr"], np.full(6, -1), family=[0, 1, 2],
        remembered=placer.remembered, before=placer,
    )  # fmt: skip
    assert again.place(NEW[:2], ["fr", "en"]).theme.tolist() == [0, 1]


def test_groups_are_proposed_and_named_in_both_languages(placer: Placer) -> None:
    lines = [*WAITING, *STAFF]
    texts, langs = [line[2] for line in lines], [line[0] for line in lines]
    groups = proposed_groups(placer, texts, langs)
    assert len(groups) >= 2
    assert all(group.label_fr and group.label_en for group in groups)
    rows = [row for group in groups for row in group.rows]
    assert len(set(rows)) == len(rows)
    assert proposed_groups(placer, texts[:3], langs[:3]) == []
