"""Reading a list of references, one per person to invite, from a file that may hold anything."""

import csv
import io
import unicodedata

from flask_babel import gettext as _

from consult.errors import DomainError

#: So many invitations are made at once, at most.
MOST = 100_000

#: Characters in a reference.
LONGEST = 120

#: A first line that says one of these is a title.
TITLES = frozenset(
    {"reference", "references", "ref", "id", "identifiant", "identifier", "numero", "number"}
)


class UnreadableListError(DomainError):
    """A list that cannot be used; ``message`` says where and why."""

    status = 422
    code = "unreadable-list"


def read_references(content: bytes) -> list[str]:
    """The references of a CSV file of one column, with or without its title, blank lines aside.

    UTF-8, with or without mark, or UTF-16 with one. Raises ``UnreadableListError``.
    """
    references = [_reference(line, number) for number, line in _lines(_decoded(content))]
    found = [one for one in references if one]
    if found and _bare(found[0]) in TITLES:
        del found[0]
    if not found:
        raise UnreadableListError(_("This list is empty. Put one reference on each line."))
    if len(found) > MOST:
        raise UnreadableListError(
            _("This list has more than %(most)s lines. Cut it in several.", most=MOST)
        )
    _refuse_repeats(found)
    return found


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableListError(
            _("This file is not text in UTF-8. Save the list as “CSV UTF-8” and try again.")
        ) from error


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Each line by its number, cut at its separators; commas cut when there is no semicolon."""
    separator = ";" if ";" in text else "\t" if "\t" in text else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UnreadableListError(
            _(
                "Line %(line)s cannot be read. Check its quotation marks.",
                line=reader.line_num,
            )
        ) from error


def _reference(cells: list[str], line: int) -> str:
    if any(cell.strip() for cell in cells[1:]):
        raise UnreadableListError(
            _("Line %(line)s has several columns. Keep the references only.", line=line)
        )
    reference = cells[0].strip() if cells else ""
    if len(reference) > LONGEST:
        raise UnreadableListError(
            _("Line %(line)s is longer than %(most)s characters.", line=line, most=LONGEST)
        )
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in reference):
        raise UnreadableListError(
            _("Line %(line)s holds a character that cannot be kept.", line=line)
        )
    return reference


def _refuse_repeats(references: list[str]) -> None:
    seen: set[str] = set()
    for reference in references:
        if reference in seen:
            raise UnreadableListError(
                _("“%(reference)s” stands twice in this list.", reference=reference)
            )
        seen.add(reference)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
