"""What each target counts. A definition never changes once published: another version is added.

A version is a module of this folder, ``{target}_v{number}.py``; a test holds each to what it was.
"""

from consult.targets.definitions.base import Definition, DefinitionNotKnownError
from consult.targets.definitions.known import (
    DESIGNED,
    DIGITAL_CONSULTATIONS,
    EVOLVING,
    TARGETS,
    all_definitions,
    definition_of,
    definition_on,
)

__all__ = [
    "DESIGNED",
    "DIGITAL_CONSULTATIONS",
    "EVOLVING",
    "TARGETS",
    "Definition",
    "DefinitionNotKnownError",
    "all_definitions",
    "definition_of",
    "definition_on",
]
