"""What identifies a person goes; amounts, dates and file numbers stay. Values are fictitious."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.privacy.redaction import Redaction, redact

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
    ("4111 1111 1111 1111 exp. 12/29", "[carte/card] exp. 12/29"),
    ("name at example dot com", "[courriel/email]"),
    ("+33 6 12 34 56 78 le soir", "[téléphone/phone] le soir"),
    ("418-555-0142 514-555-0199", "[téléphone/phone] [téléphone/phone]"),
    ("12 rue des Lilas. Merci à vous", "[adresse/address]. Merci à vous"),
    ("le 45 de la rue des Érables est inondé", "le [adresse/address] est inondé"),
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
    "vers 2010-2011 c'était mieux",
    "rendez-vous @ midi. Merci",
    "1 place disponible, 2 route pour y aller",
    "I waited 20 minutes on the street",
    "+20 000 000 $",
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


PIECES = st.one_of(
    st.text(max_size=6),
    st.text(alphabet="0123456789 -.@/()$,\naA", max_size=20),
    st.sampled_from([text for text, _ in REDACTED] + KEPT),
    st.sampled_from(["dossier ", "NAS ", "tél. ", "[téléphone/phone] ", " rue ", " Street"]),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@given(TEXTS)
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text).text
    assert redact(once) == Redaction(once)


@given(TEXTS)
def test_a_text_changes_only_when_an_identifier_is_named(text: str) -> None:
    redaction = redact(text)
    assert (redaction.text == text) == (redaction.found == ())


@given(
    st.text(alphabet=st.characters(exclude_categories=("Nd", "Nl", "No"), exclude_characters="@(["))
)
def test_words_alone_are_never_touched(text: str) -> None:
    if "arobase" not in text.lower():
        assert redact(text).text == text


@given(st.text(alphabet="0123456789 -.@abC", max_size=80), st.sampled_from(["nom@exemple.ca"]))
def test_an_address_never_survives(around: str, address: str) -> None:
    assert address not in redact(f"{around} {address} {around}").text


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "a.", "@", "12 rue ", "12 A A A ", "(418) ", "a@a.", "a @ a . ", " a at a dot ",
     "4111 1111 1111 1112 ", "418 555 0142 ", "046 454 286 ", "+33 ", "06 12 ", "tel ", "dossier "],
)  # fmt: skip
def test_a_very_long_hostile_text_comes_back(piece: str) -> None:
    hostile = piece * (100_000 // len(piece))
    assert redact(redact(hostile).text).found == ()


def test_a_web_worker_does_not_load_the_world_s_telephone_plans() -> None:
    code = "import sys, consult.privacy.redaction; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
