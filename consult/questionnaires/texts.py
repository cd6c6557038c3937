"""A text in both languages, as a definition writes it."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

#: Control characters other than newline and tab (category Cc), and surrogates (Cs).
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _storable(text: str) -> str:
    """Refuses control characters and lone surrogates, which a database may not keep."""
    if _UNSTORABLE.search(text):
        raise PydanticCustomError("unstorable_text", "control character")
    return text


Words = Annotated[str, AfterValidator(_storable)]


class Text(BaseModel):
    """French and English; a side not written yet is the empty string.

    ``stale`` is the side that was not read again since the other one changed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fr: Words = ""
    en: Words = ""
    stale: Literal["", "fr", "en"] = ""

    def in_language(self, lang: str) -> str:
        """The text in ``lang`` ('fr' or 'en'), or the other side while that one is missing."""
        return (self.en or self.fr) if lang == "en" else (self.fr or self.en)

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages whose side is blank, French first."""
        return tuple(lang for lang in ("fr", "en") if not getattr(self, lang).strip())
