"""What identifies a person goes; amounts, dates and file numbers stay. Values are fictitious."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.privacy.redaction import contains_identifier, redact, redact_url

REDACTED = [
    ("Écrivez-moi à nom.prenom@exemple.ca svp", "Écrivez-moi à [courriel/email] svp"),
    ("mon courriel : nom @ exemple . ca", "mon courriel : [courriel/email]"),
    ("name (at) example.org", "[courriel/email]"),
    ("nom arobase exemple.ca", "[courriel/email]"),
    ("Appelez au 418 555-0142 après 16 h", "Appelez au [téléphone/phone] après 16 h"),
    ("(418) 555-0142 poste 12", "[téléphone/phone]"),
    ("call +1 418.555.0142 ext. 7 please", "call [téléphone/phone] please"),
    ("4185550142", "[téléphone/phone]"),
    ("au 06 12 34 56 78", "au [téléphone/phone]"),
    ("cell 555-0142", "cell [téléphone/phone]"),
    ("046 454 286", "[NAS/SIN]"),
    ("046-454-286", "[NAS/SIN]"),
    ("NAS: 046454286", "NAS: [NAS/SIN]"),
    ("my SIN is 046454286", "my SIN is [NAS/SIN]"),
    ("DEMC 8554 1215", "[RAMQ]"),
    ("carte demc85541215.", "carte [RAMQ]."),
    ("4111 1111 1111 1111", "[carte/card]"),
    ("paid with 4111-1111-1111-1111 twice", "paid with [carte/card] twice"),
    ("1234 rue Saint-Jean, Québec G1R 4S9", "[adresse/address]"),
    ("au 12 rue de la Montagne app. 4, Sherbrooke", "au [adresse/address]"),
    ("500 Main Street East, Gatineau, QC", "[adresse/address]"),
    ("code postal g1r4s9", "code postal [adresse/address]"),
]

KEPT = [
    "1 200 000 500 $",
    "un budget de 1 200 000 500",
    "1,200,000,500 dollars",
    "12 500,00 $ en 2023",
    "dossier 123456782",
    "mon dossier no 046454286",
    "file number 046454286",
    "reference: 4185550142",
    "123456789",
    "le 12 avril 2021 à 16 h 30",
    "2023-11-05, 75 %",
    "RLRQ, c. A-2.1, art. 53",
    "911 ou 811",
    "l'autobus 800 et le 5145",
    "facture 12345678901234",
    "j'ai attendu 45 minutes, 3 fois",
    "J'ai deux places en avant @ l'heure",
    "version 3.11.7",
    "👍 merci מאוד",
]


@pytest.mark.parametrize(("text", "safe"), REDACTED)
def test_identifiers_go(text: str, safe: str) -> None:
    assert redact(text).text == safe


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert redact(text).text == text


def test_several_in_one_text_are_named_in_order() -> None:
    text = "nom@exemple.ca, 418 555-0142, 046 454 286"
    assert redact(text).found == ("email", "phone", "sin")
    assert contains_identifier(text) == ("email", "phone", "sin")


@given(st.text())
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


@given(
    st.text(alphabet=st.characters(exclude_categories=("Nd", "Nl", "No"), exclude_characters="@(["))
)
def test_words_alone_are_never_touched(text: str) -> None:
    if "arobase" not in text.lower():
        assert redact(text).text == text


@given(st.text(alphabet="0123456789 -.@abC", max_size=80), st.sampled_from(["nom@exemple.ca"]))
def test_an_address_never_survives(around: str, address: str) -> None:
    assert address not in redact(f"{around} {address} {around}").text


@pytest.mark.parametrize("piece", ["1", "1 ", "a.", "@", "12 rue ", "(418) ", "a@a.", "4111 "])
def test_a_very_long_hostile_text_comes_back(piece: str) -> None:
    assert redact(piece * 5_000) is not None


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a:b@example.org:8443/demande/2?nom=x#y", "https://example.org:8443/demande/2"),
        ("/demande/etape-3?dossier=12", "/demande/etape-3"),
        ("https://example.org/u/nom%40exemple.ca/", "https://example.org/u/[courriel/email]/"),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_address_of_a_page_names_nobody(url: str, safe: str | None) -> None:
    assert redact_url(url) == safe
