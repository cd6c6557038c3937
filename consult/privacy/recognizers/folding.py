"""One way to write each sign, so that recognisers need to know one only."""

import re
import unicodedata

_DASHES = "‐‑‒–—―−﹘﹣－"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
#: Soft hyphen, zero-width spaces, marks of direction: pasted numbers are full of them.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
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
