"""The words that tell an opinion, in both languages, and what each does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from consult.analysis.text.polarity.words import spelled

LANGUAGES = ("fr", "en")
#: What an entry may do. The number beside ``more`` and ``less`` multiplies, the others add.
KINDS = ("opinion", "none", "not", "more", "less", "but", "wish")


class Entry(NamedTuple):
    """A word or a phrase of the lexicon: its words, what it does, and how strongly."""

    words: tuple[str, ...]
    kind: str
    strength: float


@dataclass
class Lexicon:
    """The entries of one language, found by their first word, the longest first."""

    by_first: dict[str, list[Entry]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Lexicon":
        lexicon = cls()
        for entry in entries:
            lexicon.by_first.setdefault(entry.words[0], []).append(entry)
            lexicon.vocabulary.update(entry.words)
        for found in lexicon.by_first.values():
            found.sort(key=lambda entry: -len(entry.words))
        return lexicon

    def __len__(self) -> int:
        return sum(len(entries) for entries in self.by_first.values())


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
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        does, bar, listed = line.partition("|")
        kind, strength = _does(does.split(), number)
        for phrase in listed.split(","):
            words = tuple(spelled(phrase))
            if not bar or not words or words in seen:
                raise ValueError(f"line {number}: {phrase.strip()!r} is empty or stands twice")
            seen.add(words)
            yield Entry(words, kind, strength)


def _does(told: list[str], number: int) -> tuple[str, float]:
    kind = told[0] if told and told[0] in KINDS else "opinion"
    values = told if kind == "opinion" else told[1:]
    try:
        return kind, float(values[0]) if values else 0.0
    except ValueError as error:
        raise ValueError(f"line {number}: {values[0]!r} is not a number") from error
