"""Plain words laid out as a PDF/UA-1 by typst: what stands in a document is data, never markup."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

#: One sign, to see whether typst's fonts have it.
_PROBE = b'#set document(title: "a")\n#sys.inputs.sign'

#: Beyond the Latin letters, whose glyphs are all there.
_RARE = re.compile("[^\x00-\u024f]")

#: What stands for signs that no font has, and what may join several of them into one.
_BLANK = "□"
_BLANKS = re.compile(f"{_BLANK}[{_BLANK}\u200d\ufe0f]*")


def typeset(template: Path, words: str, made_at: datetime) -> bytes:
    """The template with ``words``, which it finds in ``sys.inputs.words``, as a tagged PDF/UA-1.

    The same words and time give the same bytes. Only typst's own fonts are used, and nothing is
    fetched. Signs they lack become '□', because PDF/UA takes no sign without a glyph.
    """
    return _typeset(template, words, made_at.astimezone(UTC).replace(microsecond=0))


@lru_cache(maxsize=16)
def _typeset(template: Path, words: str, made_at: datetime) -> bytes:
    shown = _RARE.sub(lambda sign: sign[0] if _has_glyph(sign[0]) else _BLANK, words)
    inputs = {"words": _BLANKS.sub(_BLANK, shown)}
    return _compile(str(template), root=str(template.parent), sys_inputs=inputs, timestamp=made_at)


@lru_cache(maxsize=5_000)
def _has_glyph(sign: str) -> bool:
    from typst import TypstError

    try:
        _compile(_PROBE, sys_inputs={"sign": sign})
    except TypstError:
        return False
    return True


def _compile(source: str | bytes, **options: Any) -> bytes:
    import typst  # here, so that a web process starts without it

    made: bytes = typst.compile(source, ignore_system_fonts=True, pdf_standards=["ua-1"], **options)
    return made
