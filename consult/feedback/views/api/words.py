"""Words of the description: written in English, told in the language of who reads it."""


def N_(message: str) -> str:  # noqa: N802  the name that ``make strings`` looks for
    """Marks a message of the description for the catalogues; it is translated when it is read."""
    return message
