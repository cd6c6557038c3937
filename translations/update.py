"""Brings the catalogues up to date with the code: ``make strings``.

Extracts every message, keeps what is already translated, writes the English catalogue from the
messages themselves (they are plain English), and lists the French ones still to write.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "N_": None,
}


def empty(lang: str | None = None) -> Catalog:
    """A catalogue with no message; its date is fixed so that only messages make a difference."""
    return Catalog(
        locale=lang and f"{lang}_CA",
        project="consult",
        version="1",
        copyright_holder="The consult founders",
        last_translator="The consult founders",
        language_team="consult",
        msgid_bugs_address="see CONTRIBUTING.md",
        header_comment="# Messages of consult. See GLOSSARY.md: one thing has one name.",
        creation_date=EPOCH,
        revision_date=EPOCH,
        charset="utf-8",
        fuzzy=False,
    )


def extracted() -> Catalog:
    """Every message of the code and the templates, with the files it stands in."""
    catalog = empty()
    with (FOLDER / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    for path, _line, message, comments, context in extract_from_dir(
        str(ROOT), methods, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        catalog.add(message, None, [(path, None)], auto_comments=comments, context=context)
    return catalog


def updated(lang: str, template: Catalog) -> Catalog:
    """The catalogue of ``lang`` with the template's messages; what the code lost is dropped."""
    path = FOLDER / lang / "LC_MESSAGES" / "messages.po"
    old = read_po(path.open("rb")) if path.exists() else empty(lang)
    new = empty(lang)
    for message in template:
        if message.id:
            known = old.get(message.id, context=message.context)
            string = message.id if lang == "en" else (known.string if known else None)
            new.add(message.id, string, message.locations, context=message.context)
    return new


def untranslated(catalog: Catalog) -> list[Message]:
    """The messages with a side, or a plural form, still blank."""
    blank = []
    for message in catalog:
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and not all(strings):
            blank.append(message)
    return blank


def save(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalog, width=100, sort_output=True, include_lineno=False)


def main() -> int:
    template = extracted()
    save(template, FOLDER / "messages.pot")
    missing = []
    for lang in ("fr", "en"):
        catalog = updated(lang, template)
        save(catalog, FOLDER / lang / "LC_MESSAGES" / "messages.po")
        missing += untranslated(catalog)
    for message in missing:
        print(f"to translate into French: {message.id!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
