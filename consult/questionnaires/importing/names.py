"""Names as a definition allows them, made from those of other programs."""

import re
import unicodedata

LONGEST = 70


def question_name(raw: str) -> str:
    """'Âge du répondant' to 'age_du_repondant', '2nd' to 'q_2nd'; never empty."""
    name = _plain(raw)
    return name if name[:1].isalpha() else f"q_{name}".rstrip("_")


def choice_name(raw: str) -> str:
    """'-99' to 'minus_99', '1.5' to '1_5', 'N/A' to 'n_a'; never empty."""
    negative = re.fullmatch(r"-(\d.*)", raw.strip())
    return _plain(f"minus {negative[1]}" if negative else raw) or "choice"


def _plain(raw: str) -> str:
    if re.fullmatch(r"[a-z0-9][a-z0-9_]*", raw):
        return raw[:80]
    letters = unicodedata.normalize("NFKD", raw).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:LONGEST]


class Names:
    """Gives each thing a name that nothing else has."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, wanted: str) -> str:
        """``wanted``, or 'wanted_2', 'wanted_3' … when it is taken."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name
