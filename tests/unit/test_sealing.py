"""What is sealed opens with the same key and purpose only."""

import pytest

from consult.sealing import SealBrokenError, seal, unseal

KEY = "a secret key of thirty-two characters or more"


def test_what_is_sealed_can_be_opened_again() -> None:
    sealed = seal(KEY, "présent@example.org", purpose="contact")
    assert "example" not in sealed
    assert sealed.isascii()
    assert unseal(KEY, sealed, purpose="contact") == "présent@example.org"
    assert sealed != seal(KEY, "présent@example.org", purpose="contact")


@pytest.mark.parametrize(("key", "purpose"), [(KEY, "webhook"), (KEY + "!", "contact")])
def test_another_key_or_purpose_opens_nothing(key: str, purpose: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(key, seal(KEY, "secret", purpose="contact"), purpose=purpose)


@pytest.mark.parametrize("sealed", ["", "gAAAA", "é", "A" * 200])
def test_what_was_never_sealed_opens_nothing(sealed: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(KEY, sealed, purpose="contact")
