"""A file is what its content is."""

import struct

import pytest

from consult.files.errors import FileRefusedError
from consult.files.kinds import type_of
from tests.factories.files import PDF, docx, jpeg, ods, package, png, webp


@pytest.mark.parametrize(
    ("data", "extension", "kind"),
    [
        (PDF, "pdf", "pdf"),
        (png(), "png", "image"),
        (jpeg(), "jpg", "image"),
        (webp(), "webp", "image"),
        (docx(), "docx", "document"),
        (ods(), "ods", "spreadsheet"),
    ],
)
def test_what_we_take_is_known_by_its_content(data: bytes, extension: str, kind: str) -> None:
    found = type_of(data)
    assert (found.extension, found.kind) == (extension, kind)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><script>alert(1)</script>", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"<script></script>" + PDF, "kind"),
        (b"MZ" + bytes(200), "kind"),
        (b"GIF89a" + bytes(20), "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kind"),
        (b"a,b\n1,2\n", "kind"),
        (bytes(50), "kind"),
        (package(a_dot_txt=b"hello"), "kind"),
        (docx(word__vbaProject_dot_bin=b"Sub"), "unsafe"),
        (b"PK\x03\x04" + bytes(100), "broken"),
    ],
)
def test_what_we_do_not_take_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        type_of(data)
    assert refused.value.reason == reason


def test_a_document_that_swells_is_refused() -> None:
    bomb = docx(word__media_dot_xml=bytes(1_000))
    small, large = struct.pack("<I", 1_000), struct.pack("<I", 4_000_000_000)
    directory = bomb.index(b"PK\x01\x02")
    swollen = bomb[:directory] + bomb[directory:].replace(small, large)
    with pytest.raises(FileRefusedError) as refused:
        type_of(swollen)
    assert refused.value.reason == "unsafe"
