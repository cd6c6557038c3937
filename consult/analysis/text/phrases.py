"""Phrases people wrote, and which of them could stand as a title."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult.analysis.text.lemmas import Token
from consult.analysis.text.stopwords import LINKS, NEGATIONS
from consult.analysis.text.tokens import join_words
from consult.stop_words import word_set

LONGEST = 5  # words, links included
Key = tuple[str, ...]

#: Words a noun follows: how often a word comes after one says how much of a noun it is.
_BEFORE_NOUN = {
    "fr": word_set(
        """
le la les l' un une des du d' de au aux mon ma mes votre vos notre nos son sa ses leur leurs
ce cet cette ces quelques plusieurs aucun aucune
"""
    ),
    "en": word_set(
        """
the a an my your our their his her its this these those of no any some more better good great
excellent poor bad
"""
    ),
}


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


def nounness(comments: Iterable[tuple[Sequence[Token], str]]) -> dict[tuple[str, str], float]:
    """How often each (language, lemma) stands where a noun stands, 0 to 1.

    In French that is right after an article or its like; in English at the end of the run of
    words that follows one ("a friendly *team* was there").
    """
    uses: Counter[tuple[str, str]] = Counter()
    nouns: Counter[tuple[str, str]] = Counter()
    for tokens, lang in comments:
        after = False
        for position, (form, lemma) in enumerate(tokens):
            if not lemma:
                after = form.lower() in _BEFORE_NOUN[lang]
                continue
            uses[lang, lemma] += 1
            run_ends = position + 1 == len(tokens) or not tokens[position + 1].lemma
            nouns[lang, lemma] += after and (lang == "fr" or run_ends)
            after = after and lang == "en"
    return {word: (nouns[word] + 0.2) / (uses[word] + 2) for word in uses}


def is_verb(lemma: str, lang: str, nouns: Mapping[tuple[str, str], float]) -> bool:
    """A French infinitive that does not serve as a noun; English gives no such sign."""
    return (
        lang == "fr" and lemma.endswith(("er", "ir", "re")) and nouns.get((lang, lemma), 1.0) < 0.25
    )


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

    def surface(self, key: Key) -> str:
        """The phrase as most people write it; capitals only where they prevail ("Internet")."""
        spelled: Counter[str] = Counter()
        for text, count in self.written[key].items():
            spelled[text.lower()] += count
        best = min(spelled, key=lambda text: (-spelled[text], text))
        written = {text: n for text, n in self.written[key].items() if text.lower() == best}
        return min(written, key=lambda text: (-written[text], text != best, text))
