"""What could name a theme: phrases weighed by how telling and how readable they are."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from consult.analysis.text.glossary import Glossary, Glosser
from consult.analysis.text.lemmas import Token, content_lemmas, is_function_word
from consult.analysis.text.naming import LEAST_SURE, Natures, naming
from consult.analysis.text.parts_of_speech import NOUN, natures
from consult.analysis.text.phrases import Key, PhraseCounts
from consult.analysis.text.spelling import Spelling
from consult.analysis.text.stopwords import NEGATIONS, VAGUE
from consult.analysis.text.tokens import Texts, strip_accents
from consult.analysis.text.translation import translate_phrase

LANGUAGES = ("fr", "en")
_LETTERS = re.compile(r"rendez-vous|[^\W\d_]+")
#: What a phrase means, whatever its language and the order of its words.
Concept = frozenset[str]
#: Comments of a theme, at most, among which it is looked up who says a term.
ASKED = 1000
#: Comments of one language in a theme up to which phrases of one person fill up the key phrases,
#: and up to how many.
FEW = 20
ENOUGH = 3


@dataclass(frozen=True)
class Term:
    """A phrase that could name a theme: its meaning, its words per language, how telling it is.

    ``words`` lacks a language that neither the comments nor the glossary can say it in.
    ``heard``: which of the comments asked say it. ``names``: False for what only qualifies.
    """

    concept: Concept
    words: Mapping[str, str]
    score: float
    heard: frozenset[int] = frozenset()
    names: bool = True

    @cached_property
    def families(self) -> frozenset[str]:
        """What its words begin with, in each language: "support" and "supportive" are akin."""
        return families(*self.concept, *self.words.values())


def families(*texts: str) -> frozenset[str]:
    """The first letters of each word of substance, without accents: words akin share them."""
    found = (word for text in texts for word in _LETTERS.findall(text.casefold()))
    return frozenset(
        strip_accents(word)[:5]
        for word in found
        if len(word) > 2 and not any(is_function_word(word, lang) for lang in LANGUAGES)
    )


class Said:
    """What was said in each theme, counted by meaning; ``sizes`` is the comments of each."""

    def __init__(
        self,
        tokens: Sequence[Sequence[Token]],
        langs: Texts,
        main: np.ndarray,
        glossary: Glossary,
        known: Natures | None = None,
    ) -> None:
        lemmas = [[token.lemma for token in comment if token.lemma] for comment in tokens]
        self._glosser = Glosser(glossary).fit(lemmas, langs)
        self._glossary = glossary
        self.natures = known or natures(zip(tokens, langs, strict=True))
        self._nouns = {word: nature[NOUN] for word, nature in self.natures.items()}
        self._spelling = Spelling(tokens, langs)
        self._tokens, self._langs, self._main = tokens, langs, main
        themes = int(main.max(initial=-1)) + 1
        self._phrases = {lang: [PhraseCounts() for _ in range(themes)] for lang in LANGUAGES}
        for comment, lang, theme in zip(tokens, langs, main, strict=True):
            if theme >= 0:
                self._phrases[lang][theme].add(comment, lang)
        self.sizes = [
            sum(self._phrases[lang][theme].comments for lang in LANGUAGES)
            for theme in range(themes)
        ]
        self._forget_rare()
        self._keys = self._keys_by_concept()
        self._inside = [self._counts(theme) for theme in range(themes)]
        self._everywhere: Counter[Concept] = Counter()
        for counts in self._inside:
            self._everywhere.update(counts)

    def _forget_rare(self) -> None:
        """Lets go of what fewer than one in 200 wrote in every theme, or one person only where 40
        speak the language: too rare for a title."""
        for themes in self._phrases.values():
            kept = {
                key
                for theme, size in zip(themes, self.sizes, strict=True)
                for key, count in theme.found.items()
                if count >= max(0.005 * size, min(2.0, theme.comments / 20))
            }
            for theme in themes:
                theme.found = Counter({k: n for k, n in theme.found.items() if k in kept})

    def _keys_by_concept(self) -> dict[str, dict[Key, Concept]]:
        meanings: dict[str, dict[Key, Concept]] = {}
        for lang in LANGUAGES:
            keys = list(dict.fromkeys(key for theme in self._phrases[lang] for key in theme.found))
            found = self._glosser.transform(keys, [lang] * len(keys))
            meanings[lang] = {
                key: frozenset(["no", *concept[1:]] if key[0] in NEGATIONS[lang] else concept)
                for key, concept in zip(keys, found, strict=True)
            }
        return meanings

    def _counts(self, theme: int) -> Counter[Concept]:
        """In how many comments of ``theme`` each meaning is heard (its commonest wording)."""
        counts: Counter[Concept] = Counter()
        for lang in LANGUAGES:
            most: Counter[Concept] = Counter()
            for key, count in self._phrases[lang][theme].found.items():
                concept = self._keys[lang][key]
                most[concept] = max(most[concept], count)
            counts.update(most)
        return counts

    def terms(self, theme: int, most: int, apart: frozenset[str] = frozenset()) -> list[Term]:
        """The most telling terms of ``theme``, the best first; none is akin to ``apart``."""
        size, total = self.sizes[theme], sum(self.sizes)
        counts = self._inside[theme]
        scored = []
        for concept, inside in counts.items():
            outside = (self._everywhere[concept] - inside + 0.5) / (total - size + 1)
            lift = float(np.log((inside / size) / outside)) if size < total else 1.0
            if lift > 0.2 and not (apart and families(*concept) & apart):
                scored.append((inside / size * min(lift, 3.0), sorted(concept), inside, lift))
        scored.sort(key=lambda line: (-line[0] * min(len(line[1]), 2), line[1]))
        keys = self._wordings(theme)
        found: list[Term] = []
        for lines in (_telling(scored, size), scored):
            for score, meant, _inside, _lift in lines[: 8 * most]:
                term = self._term(theme, frozenset(meant), keys[frozenset(meant)], score)
                if term.score and not term.families & apart:
                    found.append(term)
            if found:
                break
        found = sorted(found, key=lambda term: (-term.score, sorted(term.concept)))[:most]
        return self._heard(theme, found, keys)

    def _heard(
        self, theme: int, terms: list[Term], keys: Mapping[Concept, Mapping[str, Key]]
    ) -> list[Term]:
        """The terms with who says them, among comments spread evenly over those of ``theme``."""
        rows = np.flatnonzero(self._main == theme)
        rows = rows[:: max(1, -(-len(rows) // ASKED))]
        wanted = {lemma for term in terms for key in keys[term.concept].values() for lemma in key}
        who: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for row in rows.tolist():
            for form, lemma in self._tokens[row]:
                if (lemma or form) in wanted:
                    who[self._langs[row], lemma or form].add(row)
        return [
            replace(
                term,
                heard=frozenset().union(
                    *(
                        set.intersection(*(who[lang, lemma] for lemma in key))
                        for lang, key in keys[term.concept].items()
                    )
                ),
            )
            for term in terms
        ]

    def families(self, label: Mapping[str, str]) -> frozenset[str]:
        """Those of the words of ``label`` and of what they mean."""
        meant = [
            word
            for lang, text in label.items()
            for word in self._glosser.transform([content_lemmas(text, lang)], [lang])[0]
        ]
        return families(*label.values(), *meant)

    def phrases(self, theme: int, label: Mapping[str, str], most: int) -> dict[str, list[str]]:
        """For each language the telling phrases heard in it, that say more than ``label``."""
        return {
            lang: self._phrases_in(lang, theme, label.get(lang, ""), most) for lang in LANGUAGES
        }

    def _phrases_in(self, lang: str, theme: int, label: str, most: int) -> list[str]:
        heard = self._phrases[lang][theme]
        fewest = max(2, heard.comments // 100)
        others = [said for said in self._phrases[lang] if said is not heard]
        elsewhere = sum(said.comments for said in others) + 1
        scored = []
        for key, inside in heard.found.items():
            alone = inside < fewest
            if (alone and (heard.comments > FEW or len(key) == 1)) or VAGUE.issuperset(key):
                continue
            outside = (sum(said.found[key] for said in others) + 0.5) / elsewhere
            lift = float(np.log((inside / heard.comments) / outside))
            text, named = self._wording(heard, key, lang)
            telling = inside * min(lift, 3.0) * _readability(key, named)
            if len(key) == 1:
                telling *= 0.6 if named >= LEAST_SURE else 0.0
            scored.append((alone, -round(telling, 6), text))
        chosen: list[str] = []
        told = [families(label)]
        for alone, score, text in sorted(scored):
            if len(chosen) == most or (alone and len(chosen) >= ENOUGH):
                break
            said = families(text)
            if score < 0 and said and all(2 * len(said & old) < len(said | old) for old in told):
                chosen.append(text)
                told.append(said)
        return chosen

    def _wordings(self, theme: int) -> dict[Concept, dict[str, Key]]:
        """For each meaning heard in ``theme``, the commonest phrase of each language."""
        chosen: defaultdict[Concept, dict[str, Key]] = defaultdict(dict)
        for lang in LANGUAGES:
            found = self._phrases[lang][theme].found
            for key in sorted(found, key=lambda key: (-found[key], key)):
                chosen[self._keys[lang][key]].setdefault(lang, key)
        return chosen

    def _term(self, theme: int, concept: Concept, keys: dict[str, Key], score: float) -> Term:
        heard = {lang: self._phrases[lang][theme] for lang in keys}
        found = {lang: self._wording(heard[lang], key, lang) for lang, key in keys.items()}
        people = {lang: heard[lang].found[key] for lang, key in keys.items()}
        naming_in = [lang for lang in keys if found[lang][1]] or list(keys)
        telling = sum(people[lang] for lang in naming_in)
        readable = sum(
            people[lang] * _readability(keys[lang], found[lang][1]) for lang in naming_in
        ) / float(np.sqrt(telling * sum(people.values())))
        words = {lang: text for lang, (text, named) in found.items() if named}
        for lang, other in (("fr", "en"), ("en", "fr")):
            if lang not in words and other in words:
                text = translate_phrase(words[other], other, self._glossary, self._nouns)
                words |= {lang: text} if text else {}
        share = (0.0, 0.35, 1.0)[len(words)]
        names = any(named >= LEAST_SURE for _text, named in found.values())
        return Term(concept, words, round(score * readable * share, 6), names=names)

    def _wording(self, heard: PhraseCounts, key: Key, lang: str) -> tuple[str, float]:
        """The commonest way to write a phrase, of those that name something, and how surely."""
        spellings = [self._spelling.mended(text, lang) for text in heard.spellings(key)[:4]]
        sure = [(text, naming(text, lang, self.natures)) for text in spellings]
        return next((line for line in sure if line[1]), sure[0])


Scored = tuple[float, list[str], int, float]


def _telling(scored: list[Scored], size: int) -> list[Scored]:
    """Those that several people wrote and that set the theme apart; all when there are none."""
    word, phrase = max(2, round(0.06 * size)), max(2, round(0.025 * size))
    return [
        line
        for line in scored
        if line[2] >= (phrase if len(line[1]) > 1 else word) and line[3] > 0.7
    ] or scored


def _readability(key: Key, named: float) -> float:
    """How well a phrase reads as a title: it names something in two or three words, not vague.

    ``named``: how surely it names something, as :func:`naming` tells.
    """
    if named < LEAST_SURE:
        return 0.1 * bool(named)
    told = key[1:] if any(key[0] in NEGATIONS[lang] for lang in LANGUAGES) else key
    vague = sum(lemma in VAGUE for lemma in told)
    substance = 0.02 if vague == len(told) else 0.7**vague
    return (0.4 + 0.6 * named) * (1.0, 2.4, 2.6)[len(key) - 1] * substance
