import pytest

from consult.privacy.redaction import MAX_URL_LENGTH, redact_url

HIDDEN = [
    ("https://a:b@example.org:8443/demande/2?nom=x#y", "https://example.org:8443/demande/2"),
    ("https://example.org/x;jsessionid=abc123", "https://example.org/x"),
    ("/demande/etape-3?dossier=12", "/demande/etape-3"),
    ("https://example.org/u/nom%40exemple.ca/", "https://example.org/u/[courriel/email]/"),
    ("https://example.org/u/nom%2540exemple.ca", "https://example.org/u/[courriel/email]"),
    ("https://example.org/nas/046454286", "https://example.org/nas/[NAS/SIN]"),
    ("https://example.org/tel-418-555-0142/", "https://example.org/tel-[téléphone/phone]/"),
    ("https://example.org/pres-de/g1r-4s9", "https://example.org/pres-de/[adresse/address]"),
]

KEPT = [
    "https://example.org/",
    "https://[::1]:8000/fr/",
    "https://example.org/fr/été%20chaud/2021-04-12",
    "/fr/services/permis_en_ligne",
]

REFUSED = [
    "javascript:alert(1)",
    "mailto:nom@example.org",
    "ftp://example.org/x",
    "//example.org/x",
    "http://[broken",
    "https:///x",
    "https://exa mple.org/",
    "",
]


@pytest.mark.parametrize(("url", "safe"), HIDDEN)
def test_the_address_of_a_page_names_nobody(url: str, safe: str) -> None:
    assert redact_url(url) == safe
    assert redact_url(safe) == safe


@pytest.mark.parametrize("url", KEPT)
def test_an_ordinary_address_stays(url: str) -> None:
    assert redact_url(url) == url


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_page_of_the_web_is_dropped(url: str) -> None:
    assert redact_url(url) is None


def test_an_endless_address_is_cut() -> None:
    safe = redact_url("https://example.org/" + "a" * 5_000)
    assert safe is not None
    assert len(safe) == MAX_URL_LENGTH


def test_half_a_character_does_no_harm() -> None:
    assert redact_url("https://example.org/a\ud800\x00") == "https://example.org/a%3F%00"
