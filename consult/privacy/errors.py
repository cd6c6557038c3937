"""What the threshold refuses."""


class UnstorableTextError(ValueError):
    """The text holds a control character that no keyboard writes and no database keeps.

    ``position`` is the place of the first one, from 0.
    """

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"control character at position {position}")
