"""Every string exists in both languages, whole, and says the same thing to the machine."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
LANGUAGES = ("fr", "en")


def catalogue(lang: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po"))


def strings(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_missing_or_fuzzy(lang: str) -> None:
    entries = catalogue(lang)
    assert len(entries) > 100
    assert [e.msgid for e in entries if e.fuzzy or e.obsolete] == []
    assert [e.msgid for e in entries if not all(strings(e))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_are_the_same(lang: str) -> None:
    for entry in catalogue(lang):
        wanted = {*PLACEHOLDER.findall(entry.msgid), *PLACEHOLDER.findall(entry.msgid_plural)}
        for string in strings(entry):
            found = set(PLACEHOLDER.findall(string))
            assert found <= wanted, entry.msgid
            if not entry.msgid_plural:
                assert found == wanted, entry.msgid


def test_catalogues_follow_the_code(tmp_path: Path) -> None:
    """``make strings`` would change nothing: no new message, none left over."""
    sources = [ROOT / "translations" / "messages.pot"] + [
        ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po" for lang in LANGUAGES
    ]
    before = [path.read_bytes() for path in sources]
    try:
        script = str(ROOT / "translations" / "update.py")
        subprocess.run([sys.executable, script], check=True, capture_output=True)
        assert [path.read_bytes() for path in sources] == before
    finally:
        for path, content in zip(sources, before, strict=True):
            if path.read_bytes() != content:
                path.write_bytes(content)


def test_french_typography() -> None:
    """A no-break space stands before : and inside « », a narrow or plain one before ; ? and !."""
    bad = re.compile(r"[\w)](?=[;?!»])|\S (?=[:;?!»])|« (?!\u00a0)|«\S|[A-Za-zÀ-ÿ](?=:(\s|$))")
    wrong = [
        (entry.msgid, string)
        for entry in catalogue("fr")
        for string in strings(entry)
        if bad.search(re.sub(r"https?://\S+|&\w+;|<[^>]+>|\w+\?\w*=", "", string))
    ]
    assert wrong == []


def test_french_says_vous_and_does_not_shout() -> None:
    shouting = re.compile(r"!|\b(tu|ton|tes|toi)\b", re.IGNORECASE)
    assert [s for e in catalogue("fr") for s in strings(e) if shouting.search(s)] == []
