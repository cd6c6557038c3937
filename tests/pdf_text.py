"""The words of a PDF, read by its fonts' tables, as a screen reader or a search would."""

import io
import re

import pikepdf

_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.S)


def words_of(data: bytes) -> str:
    """All text in reading order, without any space: lines break anywhere."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return "".join("".join(map(_page_text, pdf.pages)).split())


def _page_text(page: pikepdf.Page) -> str:
    fonts = {
        name: _table(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()
    }
    told, table = [], dict[int, str]()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    codes = (int.from_bytes(raw[n : n + 2]) for n in range(0, len(raw), 2))
                    told.append("".join(table.get(code, "?") for code in codes))
    return "".join(told)


def _table(cmap: bytes) -> dict[int, str]:
    """Of each code of a font, the letters it stands for."""
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(cmap):
        if kind == b"char":
            for code, letters in _CHAR.findall(block):
                found[int(code, 16)] = _letters(letters)
        else:
            for first, last, letters in _RANGE.findall(block):
                start = int(first, 16)
                for code in range(start, int(last, 16) + 1):
                    found[code] = chr(ord(_letters(letters)) + code - start)
    return found


def _letters(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")
