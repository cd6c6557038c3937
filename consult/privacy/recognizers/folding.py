"""One way to write each sign, so that recognisers need to know one only."""

import re
import unicodedata

_DASHES = "‐‑‒–—―−﹘﹣－"
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
#: Soft hyphen, zero-width spaces, marks of direction: pasted numbers are full of them.
_INVISIBLE = "\u00ad\ufeff\u2060" + "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
_SIGNS = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES + _INVISIBLE, " "),
    **dict(zip("＠﹫．。․·（）／＋＃’ʼ", "@@....()/+#''", strict=True)),
}
_FOLDED = re.compile(rf"[{''.join(map(re.escape, _SIGNS))}]|(?![0-9])\d")


def fold(text: str) -> str:
    """``text`` of the same length with plain digits, dashes, spaces, dots and signs."""
    return text if text.isascii() else _FOLDED.sub(_plain, text)


def _plain(sign: re.Match[str]) -> str:
    return _SIGNS.get(sign[0]) or str(unicodedata.decimal(sign[0]))
