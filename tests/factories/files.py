"""Small real files of every kind, with and without what has to go."""

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

#: A place that no picture may keep.
SECRET = b"46.8139N 71.2080W"


def png(*extra: tuple[bytes, bytes]) -> bytes:
    """One black pixel; ``extra`` chunks stand before the image's."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    chunks = [(b"IHDR", header), *extra, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int) -> bytes:
    """Exif with an orientation and a secret."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + SECRET


def jpeg(orientation: int = 6) -> bytes:
    """A JPEG's skeleton: every kind of segment, coded data with what looks like markers, a tail."""
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            _segment(0xE1, exif(orientation)),
            _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
            _segment(0xED, b"Photoshop 3.0\0" + SECRET),
            _segment(0xFE, SECRET),
            _segment(0xDB, bytes(65)),
            _segment(0xDA, b"\1\1\0\0?\0") + b"\x12\xff\x00\x34\xff\xd0\x56",
            b"\xff\xd9",
            SECRET,
        )
    )


def webp() -> bytes:
    """A WebP's skeleton with Exif and XMP."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    body = (
        b"WEBP"
        + chunk(b"VP8X", bytes([0b1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
        + chunk(b"VP8L", b"/12345")
        + chunk(b"EXIF", SECRET)
        + chunk(b"XMP ", SECRET)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def package(**parts: bytes) -> bytes:
    """A zip whose parts are named by the keywords, '__' for '/' and '_dot_' for '.'."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return kept.getvalue()


def docx(**more: bytes) -> bytes:
    """A text document's skeleton, and more parts."""
    kept = io.BytesIO(package(word__document_dot_xml=b"<w/>", **more))
    with zipfile.ZipFile(kept, "a") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    return kept.getvalue()


def ods() -> bytes:
    """A spreadsheet's skeleton."""
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return package(mimetype=mimetype, content_dot_xml=b"<office/>")
