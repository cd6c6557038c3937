"""What a file is, told by its content; its name and what the browser says are never looked at."""

import io
import zipfile
from typing import NamedTuple

import puremagic

from consult.files.errors import FileRefusedError

#: Bytes a document may hold once unpacked, all parts together, and how many parts.
LARGEST_UNPACKED = 200_000_000
MOST_PARTS = 5_000


class FileType(NamedTuple):
    """A type we take; ``kind`` is the one that a file question names."""

    media_type: str
    extension: str
    kind: str


_BY_SIGNATURE = {
    t.media_type: t
    for t in (
        FileType("application/pdf", "pdf", "pdf"),
        FileType("image/png", "png", "image"),
        FileType("image/jpeg", "jpg", "image"),
        FileType("image/webp", "webp", "image"),
    )
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

#: The main part of an Office Open XML package to its type.
_BY_PART = {
    "word/document.xml": FileType(f"{_OFFICE}.wordprocessingml.document", "docx", "document"),
    "xl/workbook.xml": FileType(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "spreadsheet"),
}
#: What the part ``mimetype`` of an OpenDocument file says to its type.
_BY_MIMETYPE = {
    t.media_type.encode(): t
    for t in (
        FileType(f"{_OPEN}.text", "odt", "document"),
        FileType(f"{_OPEN}.spreadsheet", "ods", "spreadsheet"),
    )
}


def type_of(data: bytes) -> FileType:
    """The type of a file's content.

    Raises ``FileRefusedError``: 'kind' when it is none of ours, 'unsafe' for macros and for what
    swells when unpacked, 'broken' when it cannot be read.
    """
    if data.startswith(b"PK\x03\x04"):
        return _type_of_package(data)
    try:
        found = {match.mime_type for match in puremagic.magic_string(data[:4_096])}
    except (puremagic.PureError, ValueError) as error:
        raise FileRefusedError("kind") from error
    known = [file_type for name, file_type in _BY_SIGNATURE.items() if name in found]
    if not known or not _starts_as(known[0], data):
        raise FileRefusedError("kind")
    return known[0]


def _starts_as(file_type: FileType, data: bytes) -> bool:
    """A PDF may begin later in a file; ours begin at once, so that they are nothing else before."""
    return file_type.kind != "pdf" or data.startswith(b"%PDF-")


def _type_of_package(data: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part.filename: part for part in package.infolist()}
            _refuse_unsafe(package, parts)
            if "[Content_Types].xml" in parts:
                for part, file_type in _BY_PART.items():
                    if part in parts:
                        return file_type
            if "mimetype" in parts and parts["mimetype"].file_size < 200:
                found = _BY_MIMETYPE.get(package.read("mimetype").strip())
                if found and "content.xml" in parts:
                    return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FileRefusedError("broken") from error
    raise FileRefusedError("kind")


def _refuse_unsafe(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    """Sizes are those that readers of the format go by; macros are programs, not answers."""
    listed = package.infolist()
    swollen = sum(part.file_size for part in listed) > LARGEST_UNPACKED
    macros = any(
        name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))
        for name in parts
    )
    if swollen or macros or len(listed) > MOST_PARTS or len(parts) < len(listed):
        raise FileRefusedError("unsafe")
