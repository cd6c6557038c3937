"""What each field may be, and what is kept of it."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.feedback import checks
from consult.feedback.checks import CHECKS, FieldError


@pytest.mark.parametrize("lang", ["de", "FR", "", None, 1, ["fr"]])
def test_only_french_and_english_are_known(lang: object) -> None:
    with pytest.raises(FieldError):
        checks.check_lang(lang)


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("/demande/etape-3", "/demande/etape-3"),
        ("/demande?dossier=12#x", "/demande"),
        ("https://services.example.org/demande?dossier=12", "https://services.example.org/demande"),
        ("demande", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_of_the_page_the_address_is_kept_without_query(page: str | None, kept: str | None) -> None:
    assert checks.check_page(page) == kept


def test_the_path_loses_what_identifies() -> None:
    assert "camille@example.org" not in (checks.check_page("/compte/camille@example.org") or "")


@pytest.mark.parametrize("page", [12, ["/"], "/nul\x00"])
def test_other_pages_are_refused(page: object) -> None:
    with pytest.raises(FieldError):
        checks.check_page(page)


def test_a_missing_key_is_made_and_never_twice_the_same() -> None:
    assert checks.check_key(None) != checks.check_key("")


@pytest.mark.parametrize("key", ["short", "a" * 65, "spaces are not", "nul\x00nul\x00", 12345678])
def test_other_keys_are_refused(key: object) -> None:
    with pytest.raises(FieldError):
        checks.check_key(key)


@pytest.mark.parametrize("key", ["client-418-555-0177", "nas_045333143"])
def test_of_a_key_that_names_a_person_only_its_hash_is_kept(key: str) -> None:
    kept = checks.check_key(key)
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert kept == checks.check_key(key), "sent again, it is the same"
    assert checks.check_key("avis-du-guichet-3") == "avis-du-guichet-3"


@pytest.mark.parametrize("channel", ["tel-418-555-0177", "nas-045-333-143", "Phone", "a b", 3])
def test_a_channel_is_a_short_word_that_names_nobody(channel: object) -> None:
    with pytest.raises(FieldError):
        checks.check_channel(channel)
    assert checks.check_channel("counter-2") == "counter-2"


@pytest.mark.parametrize("reference", ["a\x00b", "client%00-418-555-0177"])
def test_a_reference_with_a_hidden_character_is_refused(reference: str) -> None:
    """The second hides it until what is encoded in it is read to be masked."""
    with pytest.raises(FieldError) as refused:
        checks.check_reference(reference)
    assert "hidden character" in str(refused.value.message)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("name", CHECKS)
@given(value=json_values)
def test_whatever_arrives_is_taken_or_refused_never_a_crash(name: str, value: Any) -> None:
    try:
        kept = CHECKS[name](value)
    except FieldError:
        return
    assert "\x00" not in str(kept)
