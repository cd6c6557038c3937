"""Phrases people wrote, and which of them could stand as a title."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consult.analysis.text.lemmas import Token
from consult.analysis.text.stopwords import LINKS, NEGATIONS
from consult.analysis.text.tokens import join_words

LONGEST = 5  # words, links included
Key = tuple[str, ...]


def phrases(tokens: Sequence[Token], lang: str) -> Iterator[tuple[Key, tuple[str, ...]]]:
    """Runs of one to three words of substance: (their lemmas, their words as written).

    A run starts on a word of substance or a negation, ends on a word of substance, and holds
    nothing else but links such as ``de`` or ``of``.
    """
    links, negations = LINKS[lang], NEGATIONS[lang]
    for start, (form, lemma) in enumerate(tokens):
        negated = form.lower() in negations
        if not lemma and not negated:
            continue
        key: list[str] = [lemma or form.lower()]
        if lemma:
            yield (lemma,), (form,)
        for end in range(start + 1, min(start + LONGEST, len(tokens))):
            form, lemma = tokens[end]
            if lemma:
                key.append(lemma)
                yield tuple(key), tuple(token.form for token in tokens[start : end + 1])
            if len(key) == 3 or (not lemma and form.lower() not in links):
                break


@dataclass
class PhraseCounts:
    """In how many comments of one language each phrase occurs, and how it is written."""

    comments: int = 0
    found: Counter[Key] = field(default_factory=Counter)
    written: defaultdict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, tokens: Sequence[Token], lang: str) -> None:
        """Counts the phrases of one comment, each once."""
        self.comments += 1
        seen = dict(phrases(tokens, lang))
        self.found.update(seen.keys())
        for key, forms in seen.items():
            self.written[key][join_words(forms)] += 1

    def spellings(self, key: Key) -> list[str]:
        """How the phrase is written, the commonest first; capitals only where they prevail.

        "Internet" keeps its capital, what is in capitals at the start of a sentence does not.
        """
        spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text, count in self.written[key].items():
            spelled[text.lower()][text] += count
        ranked = sorted(spelled, key=lambda plain: (-spelled[plain].total(), plain))
        return [_most_written(plain, spelled[plain]) for plain in ranked]

    def surface(self, key: Key) -> str:
        """The phrase as most people write it."""
        return self.spellings(key)[0]


def _most_written(plain: str, written: Counter[str]) -> str:
    return min(written, key=lambda text: (-written[text], text != plain, text))
