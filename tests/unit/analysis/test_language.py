import pytest

from consult.analysis.text.language import LanguageDetector

TEXTS = [
    ("Le formulaire est trop long et je n'ai pas compris la dernière page.", "fr"),
    ("The form is too long and I did not understand the last page.", "en"),
    ("Très bon service", "fr"),
    ("Very good service", "en"),
    ("merci beaucoup", "fr"),
    ("délais trop longs", "fr"),
    ("too slow", "en"),
    ("personnel aimable et patient", "fr"),
    ("not helpful at all", "en"),
]


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_the_language_of_long_and_short_comments(text: str, lang: str) -> None:
    detector = LanguageDetector().fit([text for text, _lang in TEXTS])
    assert detector.predict([text])[0] == lang


def test_a_word_of_both_languages_follows_the_other_comments() -> None:
    french = ["Le site est lent et la page ne charge pas."] * 20
    english = ["The site is slow and the page does not load."] * 20
    assert LanguageDetector().fit(french).predict(["Date"])[0] == "fr"
    assert LanguageDetector().fit(english).predict(["Date"])[0] == "en"
