"""What the threshold refuses."""


class UnstorableTextError(ValueError):
    """The text holds a control character that no keyboard writes and no database keeps.

    ``position`` is the place of the first one, from 0.
    """

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"control character at position {position}")


class LabelError(ValueError):
    """A line of a labelled file names no language, an unknown kind, or has a bracket alone."""

    def __init__(self, number: int, line: str) -> None:
        self.number = number
        super().__init__(f"line {number} is not labelled as expected: {line}")
