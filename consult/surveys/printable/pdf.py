"""From the words of a form to its PDF/UA-1, by typst."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from consult.surveys.printable.content import Form

TEMPLATE = Path(__file__).with_name("form.typ")

#: One sign, to see whether typst's fonts have it.
_PROBE = b'#set document(title: "a")\n#sys.inputs.sign'

#: Beyond the Latin letters, whose glyphs are all there.
_RARE = re.compile("[^\x00-\u024f]")

#: What stands for signs that no font has, and what may join several of them into one.
_BLANK = "□"
_BLANKS = re.compile(f"{_BLANK}[{_BLANK}\u200d\ufe0f]*")


def form_pdf(form: Form, made_at: datetime) -> bytes:
    """The form as a tagged PDF/UA-1; the same words and time give the same bytes.

    Only typst's own fonts are used, and nothing is fetched. Signs they lack become '□', because
    PDF/UA takes no sign without a glyph.
    """
    words = json.dumps(asdict(form), ensure_ascii=False)
    return _compiled(words, made_at.astimezone(UTC).replace(microsecond=0))


@lru_cache(maxsize=16)
def _compiled(words: str, made_at: datetime) -> bytes:
    shown = _RARE.sub(lambda sign: sign[0] if _has_glyph(sign[0]) else _BLANK, words)
    inputs = {"form": _BLANKS.sub(_BLANK, shown)}
    return _compile(str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs=inputs, timestamp=made_at)


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
