"""Regular expressions that cannot hang: the engine of pydantic, linear in the length of the text.

It is Rust's ``regex`` crate: no look-around and no back-reference, and a pattern whose automaton
would be too large is refused.
"""

from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

LONGEST_PATTERN, LONGEST_TEXT = 500, 2_000


class BadPatternError(ValueError):
    """A pattern that is not one, or asks for more than the engine gives."""


def matches(text: str, pattern: str) -> bool:
    """True when the whole of ``text``, 2,000 characters at most, fits; may raise the above."""
    if len(text) > LONGEST_TEXT:
        return False
    try:
        _compiled(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


def is_pattern(pattern: str) -> bool:
    """Whether ``matches`` takes it."""
    try:
        _compiled(pattern)
    except BadPatternError:
        return False
    return True


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> TypeAdapter[str]:
    if len(pattern) > LONGEST_PATTERN:
        raise BadPatternError("too long")
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=f"^(?:{pattern})$")])
    except SchemaError as error:
        raise BadPatternError("not a pattern") from error
