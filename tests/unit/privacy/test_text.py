import pytest

from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("e\u0301te\u0301", "été"),
        ("ligne 1  \r\nligne 2\r", "ligne 1\nligne 2"),
        ("👩🏽‍🚀 ok", "👩🏽‍🚀 ok"),
        ("שלום‏ עולם", "שלום‏ עולם"),
        ("\ttab kept", "tab kept"),
    ],
)
def test_text_is_kept_as_people_meant_it(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize("raw", ["a\x00b", "a\x1bb", "a\x9fb", "a\ud800b"])
def test_what_no_database_keeps_is_refused(raw: str) -> None:
    with pytest.raises(UnstorableTextError) as refused:
        clean_text(raw)
    assert refused.value.position == 1
