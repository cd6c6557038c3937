"""Pictures lose what they say of people, and nothing of the image."""

import pytest

from consult.files.pictures import UnreadablePictureError, without_metadata
from tests.factories.files import PDF, SECRET, jpeg, png, webp


def test_a_png_keeps_its_image_alone() -> None:
    bare = png((b"gAMA", b"\0\0\xb1\x8f"))
    full = png(
        (b"gAMA", b"\0\0\xb1\x8f"), (b"tEXt", SECRET), (b"eXIf", SECRET), (b"tIME", b"1234567")
    )
    assert without_metadata("image/png", full + SECRET) == bare


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_jpeg_keeps_its_image_and_which_way_is_up(orientation: int) -> None:
    bare = without_metadata("image/jpeg", jpeg(orientation))
    assert SECRET not in bare
    assert b"JFIF" in bare
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in bare, "coded data as it was"
    assert bare.endswith(b"\xff\xd9"), "nothing after the image"
    says_up = b"\x01\x12\x00\x03\x00\x00\x00\x01" + bytes([0, orientation])
    assert (says_up in bare) == (orientation == 6)
    assert without_metadata("image/jpeg", bare) == bare


def test_a_webp_says_that_it_has_no_metadata() -> None:
    bare = without_metadata("image/webp", webp())
    assert SECRET not in bare
    assert b"VP8L" in bare
    assert int.from_bytes(bare[4:8], "little") == len(bare) - 8
    assert bare[20] == 0


@pytest.mark.parametrize(
    ("kind", "data"), [("image/jpeg", jpeg()), ("image/png", png()), ("image/webp", webp())]
)
def test_a_picture_cut_anywhere_is_refused_or_stays_bare(kind: str, data: bytes) -> None:
    for length in range(12, len(data)):
        try:
            assert SECRET not in without_metadata(kind, data[:length])
        except UnreadablePictureError:
            continue


def test_a_pdf_is_left_as_it_is() -> None:
    assert without_metadata("application/pdf", PDF) == PDF
