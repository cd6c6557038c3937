import pytest

from consult.analysis.text.non_answers import is_non_answer


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "-", "...", "👍", "RAS", "R.A.S.", "ras", "Rien à signaler", "rien a signaler!",
        "N/A", "n/a", "NA", "Did not answer", "aucun commentaire", "Pas de commentaire.", "nothing",
        "Nothing to add", "No comment", "No further comments, thank you", "none", "Bonjour",
        "Merci beaucoup !", "Thank you very much", "[courriel/email]", "Idem", "rien de plus",
    ],
)  # fmt: skip
def test_says_nothing(text: str) -> None:
    assert is_non_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rien ne fonctionne", "No parking", "Aucune réponse au téléphone", "Nothing works",
        "Bonjour, le site est en panne", "Merci pour la rapidité", "Sans rendez-vous c'est long",
        "Thanks to the nurse", "Trop long", "Excellent", "Aucun stationnement",
    ],
)  # fmt: skip
def test_says_something(text: str) -> None:
    assert not is_non_answer(text)
