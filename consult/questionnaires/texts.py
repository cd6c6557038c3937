"""A text in both languages, as a definition writes it."""

from typing import Annotated, Literal
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


def _storable(text: str) -> str:
    """Refuses control characters and lone surrogates, which a database may not keep."""
    if any(category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
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
