from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.text.segments import SegmentSplitter


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in SegmentSplitter().split(text)]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("Le site est lent. Le personnel aide.", ["Le site est lent.", "Le personnel aide."]),
        ("Personnel aimable, mais site lent.", ["Personnel aimable,", "mais site lent."]),
        ("It is clear but the wait was long", ["It is clear", "but the wait was long"]),
        ("It took weeks; however I got help.", ["It took weeks;", "however I got help."]),
        ("C'est clair et je l'ai trouvé vite", ["C'est clair", "et je l'ai trouvé vite"]),
        ("Staff were kind and the wait was long.", ["Staff were kind", "and the wait was long."]),
        ("- Horaires courts\n- Site lent\n", ["Horaires courts", "Site lent"]),
        ("1) plus de places 2) moins de bruit", ["1) plus de places", "2) moins de bruit"]),
        ("Rien reçu.Le lendemain, rien!", ["Rien reçu.", "Le lendemain, rien!"]),
        ("Trop long !!! Pourquoi donc ?", ["Trop long !!!", "Pourquoi donc ?"]),
        ("Le site plante. Merci.", ["Le site plante. Merci."]),
        ("Bonjour. Le site plante.", ["Bonjour. Le site plante."]),
    ],
)  # fmt: skip
def test_a_segment_says_one_thing(text: str, segments: list[str]) -> None:
    assert cut(text) == segments


@pytest.mark.parametrize(
    "text",
    [
        "Rapide et efficace", "Helpful and kind staff", "Non seulement lent mais aussi trop cher",
        "Not only slow but also expensive", "M. Tremblay a répondu", "Attente de 3.5 heures",
        "Voir www.exemple.example/a.b pour le prix", "Écrire à [courriel/email] svp",
        "C'est long... trop long", "Some forms, e.g. the tax form", "Nothing but praise for them",
        "Un rendez-vous à 9 h. 30 min. plus tard", "Clean rooms, friendly nurses",
    ],
)  # fmt: skip
def test_what_belongs_together_is_not_cut(text: str) -> None:
    assert cut(text) == [text]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aé .,;:!?…\n-•()1et mais\u0130", max_size=60))
def test_segments_follow_each_other_and_lose_no_letter(text: str) -> None:
    segments = SegmentSplitter().split(text)
    assert all(a.end <= b.start for a, b in pairwise(segments))
    kept = "".join(text[start:end] for start, end in segments)
    assert [char for char in kept if char.isalpha()] == [char for char in text if char.isalpha()]


def test_comments_are_cut_one_by_one() -> None:
    found = SegmentSplitter().fit_transform(["", "Bon. Site lent.", "  "])
    assert found == [[], [(0, 15)], []]
