"""Comments made for measuring: sentences of real ones drawn again, their words perturbed."""

import csv
import random
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from consult.demo.content import read_rows

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")

#: Of a comment's words, how many are left out, change places with the next one, become another
#: word of the corpus (as often as that is written) or take a slip of the finger.
DROPPED, SWAPPED, REPLACED, MISTYPED = 0.06, 0.03, 0.12, 0.01

#: How often a comment is made of one, two or three sentences.
SENTENCES = (0.5, 0.3, 0.2)


class RealComment(NamedTuple):
    """What new comments are made of; ``rating`` is '' where there is none."""

    text: str
    lang: str
    rating: str


def demo_comments() -> list[RealComment]:
    """The demo's feedback, in both languages."""
    rows = [row for name in ("feedback.csv", "feedback_task.csv") for row in read_rows(name)]
    return [
        RealComment(row["comment"], row["lang"], row.get("rating") or "")
        for row in rows
        if row["comment"].strip()
    ]


class CommentMaker:
    """Makes comments from ``real`` ones, the same ones for the same ``seed``.

    A comment is one to three sentences of one language, drawn with replacement. About one word in
    five is then dropped, swapped, replaced or mistyped, so that the vocabulary goes on growing
    with the number of comments, as people's does. It keeps the rating of its first sentence.
    """

    def __init__(self, real: Sequence[RealComment], seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._real = real
        self._sentences: dict[str, list[list[str]]] = {}
        for comment in real:
            cut = [sentence.split() for sentence in _SENTENCE.split(comment.text.strip())]
            self._sentences.setdefault(comment.lang, []).extend(filter(None, cut))
        self._words = {
            lang: [word for sentence in sentences for word in sentence]
            for lang, sentences in self._sentences.items()
        }

    def make(self, count: int) -> Iterator[RealComment]:
        for real in self._random.choices(self._real, k=count):
            first = self._random.choice(_SENTENCE.split(real.text.strip())).split()
            more = self._random.choices(range(len(SENTENCES)), cum_weights=_CUMULATED)[0]
            words = list(first)
            for _time in range(more):
                words += self._random.choice(self._sentences[real.lang])
            yield RealComment(" ".join(self._perturbed(words, real.lang)), real.lang, real.rating)

    def _perturbed(self, words: list[str], lang: str) -> list[str]:
        chance, known = self._random.random, self._words[lang]
        found: list[str] = []
        for word in words:
            drawn = chance()
            if drawn < DROPPED:
                continue
            drawn -= DROPPED
            if drawn < SWAPPED and found:
                found.insert(-1, word)
            elif SWAPPED <= drawn < SWAPPED + REPLACED:
                found.append(known[int(chance() * len(known))])
            elif drawn > 1 - DROPPED - MISTYPED:
                found.append(self._mistyped(word))
            else:
                found.append(word)
        return found or words

    def _mistyped(self, word: str) -> str:
        """``word`` with one letter left out, doubled, or swapped with the next."""
        at, kind = self._random.randrange(len(word)), self._random.randrange(3)
        if kind == 0 and len(word) > 1:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[: at + 1] + word[at:]
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


_CUMULATED = list(accumulate(SENTENCES))


def write_comments(real: Sequence[RealComment], count: int, path: Path, seed: int = 0) -> None:
    """Writes ``count`` made comments as CSV, with the columns of :class:`RealComment`."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(RealComment._fields)
        writer.writerows(CommentMaker(real, seed).make(count))
