"""Messages that are worded here and translated where they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Marks a message for the catalogue.
_ = str


@dataclass(frozen=True)
class Message:
    """An English sentence with named placeholders, and what stands in them."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def render(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence in the language of ``gettext``."""
        return gettext(self.text) % self.values if self.values else gettext(self.text)

    def __str__(self) -> str:
        return self.render()


class CommentFileError(Exception):
    """The file can't be used; ``message`` says why and what to do."""

    def __init__(self, text: str, **values: Any) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))
