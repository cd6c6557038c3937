"""The words that tell an opinion, in both languages, and what each does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from consult.analysis.text.polarity.words import spelled

#: What an entry may do. The number beside ``more`` and ``less`` multiplies, the others add.
KINDS = ("opinion", "none", "not", "more", "less", "but", "wish", "start")


class Entry(NamedTuple):
    """A word or a phrase of the lexicon: its words, what it does, and how strongly."""

    words: tuple[str, ...]
    kind: str
    strength: float


@dataclass
class Table:
    """Entries found by their first word when it stands alone, else by their first two."""

    alone: dict[str, Entry] = field(default_factory=dict)
    longer: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Puts ``entry`` in; the longest phrases come first."""
        if len(entry.words) == 1:
            self.alone[entry.words[0]] = entry
            return
        phrases = self.longer.setdefault((entry.words[0], entry.words[1]), [])
        phrases.append(entry)
        phrases.sort(key=lambda phrase: -len(phrase.words))


@dataclass
class Lexicon:
    """The entries of one language.

    ``starts`` are those of kind ``start``, apart: a word may be one and have an opinion too.
    """

    entries: list[Entry]
    anywhere: Table = field(default_factory=Table)
    starts: Table = field(default_factory=Table)
    vocabulary: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Lexicon":
        lexicon = cls(list(entries))
        for entry in lexicon.entries:
            (lexicon.starts if entry.kind == "start" else lexicon.anywhere).add(entry)
            lexicon.vocabulary.update(entry.words)
        return lexicon


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of ``lang`` ('fr' or 'en'), read once.

    Raises:
        ValueError: a line of the file is not ``what it does | words``, or a word stands twice.
    """
    text = files(__package__).joinpath(f"lexicon/{lang}.txt").read_text(encoding="utf-8")
    return Lexicon.of(parsed(text))


def parsed(text: str) -> Iterator[Entry]:
    """The entries of a lexicon file; lines that begin with ``#`` are remarks."""
    seen: set[tuple[bool, tuple[str, ...]]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        does, bar, listed = line.partition("|")
        kind, strength = _does(does.split(), number)
        for phrase in listed.split(","):
            words = tuple(spelled(phrase))
            place = (kind == "start", words)
            if not bar or not words or place in seen:
                raise ValueError(f"line {number}: {phrase.strip()!r} is empty or stands twice")
            seen.add(place)
            yield Entry(words, kind, strength)


def _does(told: list[str], number: int) -> tuple[str, float]:
    kind = told[0] if told and told[0] in KINDS else "opinion"
    values = told if kind == "opinion" else told[1:]
    try:
        return kind, float(values[0]) if values else 0.0
    except ValueError as error:
        raise ValueError(f"line {number}: {values[0]!r} is not a number") from error
