"""Pictures without what cameras and programs write in them: place, device, names, thumbnails.

The image itself is copied as it is, byte for byte. Sources: JPEG, ITU-T T.81 annex B; Exif 2.32;
PNG, W3C Recommendation (third edition) §5; WebP, RFC 9649.
"""

import struct
from collections.abc import Callable, Iterator


class UnreadablePictureError(ValueError):
    """The bytes are not a whole picture of their kind."""


#: JPEG segments that change how the image looks: JFIF, colour profile, Adobe's colour transform.
_JPEG_APPS_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_START_OF_SCAN, _END_OF_IMAGE, _COMMENT, _EXIF = 0xDA, 0xD9, 0xFE, 0xE1

#: Kept chunks; IDAT and the palette are the image, the others how to show it.
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_EXIF_AND_XMP = 0b1100


def without_metadata(media_type: str, data: bytes) -> bytes:
    """The picture alone; ``data`` itself when the type is not a picture's.

    The way up (Exif orientation) of a JPEG is kept. Raises ``UnreadablePictureError``.
    """
    strip = _STRIPPERS.get(media_type)
    if strip is None:
        return data
    try:
        return strip(data)
    except (struct.error, IndexError) as error:
        raise UnreadablePictureError() from error


def _strip_jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    for marker, segment in _jpeg_segments(data):
        if marker == _EXIF and (orientation := _orientation(segment[4:])):
            kept.append(_exif_with(orientation))
        elif marker == _COMMENT or 0xE0 <= marker <= 0xEF:
            if segment[4:].startswith(_JPEG_APPS_KEPT.get(marker, b"never")):
                kept.append(segment)
        else:
            kept.append(segment)
    return b"".join(kept)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its bytes, a scan with its coded data; nothing after the end of image."""
    place = 2
    while True:
        if data[place] != 0xFF:
            raise UnreadablePictureError()
        while data[place + 1] == 0xFF:
            place += 1
        marker = data[place + 1]
        if marker == _END_OF_IMAGE:
            yield marker, data[place : place + 2]
            return
        end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
        if marker == _START_OF_SCAN:
            end = _end_of_scan(data, end)
        yield marker, data[place:end]
        place = end


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker stands that is neither a stuffed byte nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise UnreadablePictureError()
        if data[place + 1] != 0x00 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _orientation(exif: bytes) -> int:
    """Which way is up, 2 to 8; 0 when it is as stored or not said."""
    if not exif.startswith(b"Exif\0\0"):
        return 0
    tiff = exif[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(first + 2, first + 2 + 12 * count, 12):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == 0x0112:
                return int(value) if 2 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _exif_with(orientation: int) -> bytes:
    """An Exif segment that says the orientation and nothing else."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _strip_png(data: bytes) -> bytes:
    kept, place, name = [data[:8]], 8, b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise UnreadablePictureError()
        if name in _PNG_KEPT:
            kept.append(data[place:end])
        place = end
    return b"".join(kept)


def _strip_webp(data: bytes) -> bytes:
    kept, place = [], 12
    (size,) = struct.unpack_from("<I", data, 4)
    while place < min(8 + size, len(data)):
        (length,) = struct.unpack_from("<I", data, place + 4)
        name, end = data[place : place + 4], place + 8 + length + length % 2
        if place + 8 + length > len(data):
            raise UnreadablePictureError()
        chunk = data[place:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_EXIF_AND_XMP]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
        place = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


_STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _strip_jpeg,
    "image/png": _strip_png,
    "image/webp": _strip_webp,
}
