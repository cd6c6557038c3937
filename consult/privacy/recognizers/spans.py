"""What a recogniser gives."""

from typing import NamedTuple


class Span(NamedTuple):
    """A place in a text, end excluded, and the kind of identifier that stands there."""

    start: int
    end: int
    kind: str
