"""What each field may be, and what is kept of it."""

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
