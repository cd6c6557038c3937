import numpy as np
from sklearn.preprocessing import normalize

from consult.analysis.text.representatives import clearness, representative_rows

READABLE = "Le temps d'attente au téléphone est beaucoup trop long, numéro "


def test_central_readable_comments_are_chosen() -> None:
    points = normalize(np.array([[1, 0], [1, 0.05], [1, 0.1], [1, 0.1], [0.2, 1]]))
    texts = [f"{READABLE}{n}" for n in range(5)]
    texts[0] = "court"
    chosen = representative_rows(points, np.array([1.0, 0.0]), texts, ["fr"] * 5)
    assert len(set(chosen)) == 3
    assert 0 not in chosen
    assert chosen[0] == 1


def test_the_other_language_is_heard_when_enough_speak_it() -> None:
    points = np.tile([1.0, 0.0], (10, 1))
    points[7:] = normalize(np.array([[0.8, 0.6]] * 3))
    langs = ["fr"] * 7 + ["en"] * 3
    texts = [f"{READABLE}{n}" for n in range(10)]
    chosen = representative_rows(points, np.array([1.0, 0.0]), texts, langs)
    assert {langs[row] for row in chosen} == {"fr", "en"}


def test_fewer_comments_than_asked() -> None:
    assert representative_rows(np.ones((1, 2)), np.ones(2), [READABLE], ["fr"]) == [0]


def test_no_two_quotations_are_near_copies() -> None:
    points = normalize(np.array([[1, 0, 0], [1, 0.01, 0], [1, 0.3, 0], [1, 0, 0.4]]))
    said = "Le renouvellement du permis en ligne ne fonctionne pas"
    texts = [said, f"{said}.", f"{said}, merci", "On attend deux heures pour renouveler un permis"]
    chosen = representative_rows(points, np.array([1.0, 0, 0]), texts, ["fr"] * 4, count=2)
    assert chosen == [0, 3]


def test_a_comment_between_two_themes_gives_way_to_a_clear_one() -> None:
    centres = np.eye(2)
    points = normalize(np.array([[1, 0.9], [1, 0.2]]))
    clear = clearness(points, centres, 0)
    assert clear.argmax() == 1
    texts = [f"{READABLE}{letter * 5}" for letter in "ab"]
    centre = points.mean(axis=0)
    assert representative_rows(points, centre, texts, ["fr"] * 2, count=1, clear=clear) == [1]


def test_masked_details_make_a_poor_quotation() -> None:
    texts = ["Écrivez-moi au [courriel/email] ou appelez le [téléphone/phone] svp", READABLE]
    assert representative_rows(np.ones((2, 1)), np.ones(1), texts, ["fr"] * 2, count=1) == [1]
