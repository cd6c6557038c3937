"""From the words of a comment to what counts in it, and by how much."""

from functools import cache
from typing import NamedTuple

from consult.analysis.text.polarity.lexicon import Table, lexicon
from consult.analysis.text.polarity.words import Speller, Word
from consult.stop_words import word_set

NEAR = 4  # words that a negation reaches, when they are good
BESIDE = 2  # words between an opinion and what strengthens or weakens it
NEGATED_GOOD = -1.0  # "pas aimable" is as bad as "aimable" is good
NEGATED_BAD = -0.6  # "pas compliqué" is less good than "compliqué" is bad
LONE_NEGATION = -0.35  # "je n'ai pas reçu": negation of something that is no opinion
WISHED = 0.25  # what is left of a good word that is only wished for
QUESTION = -0.4
EXCLAMATION = 1.2
BEFORE_BUT, AFTER_BUT = 0.7, 1.3
CLEARLY_GOOD = 1.4
NOTE = 2.0  # strength of "10/10"
_LINKS = word_set("""
a any are be been being eu eue has have i in is it of so that the there to was were had
d' de des du en est étais était été l' la le les trop un une y ce c'est à avoir
""")
_NEGATIVE = word_set("pas plus rien jamais aucun aucune personne sans no not never nobody nothing")
_ANSWERS = word_set("nothing no none rien non aucun aucune")
_OTHERS = word_set("they she he we i it all everything everyone staff tout ils elles il elle je")
_BACK = {"pas", "plus", "jamais", "rien", "guère", "pantoute", "aucunement"}


class Cue(NamedTuple):
    """What counts in a comment: where it stands, what it is, and its weight.

    ``kind``: 'opinion', 'negation', 'wish', 'question' or 'note'. ``strength`` is what the
    lexicon gives, ``weight`` what counts of it here. ``by`` holds the words and signs of the
    comment that made the difference.
    """

    start: int
    end: int
    kind: str
    strength: float
    weight: float
    by: tuple[str, ...] = ()


class _Item(NamedTuple):
    """An entry found in the text: its place among the words, what it does."""

    first: int
    last: int
    kind: str
    strength: float


class Reader:
    """Reads comments of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.lexicon = lexicon(lang)
        self.speller = Speller(self.lexicon.vocabulary, lang)

    def read(self, text: str) -> list[Cue]:
        """What counts in ``text``, in order."""
        words = self.speller.words(text)
        cues: list[Cue] = []
        start = 0
        for place, word in enumerate(words):
            if word.kind == "stop" and word.form[0] not in "()":
                cues += self._sentence(words[start:place], word.form)
                start = place + 1
        return cues + self._sentence(words[start:], "")

    def _sentence(self, words: list[Word], stop: str) -> list[Cue]:
        items = self._items(words)
        if not items and "?" not in stop:
            return []
        return _Sentence(words, items, stop).cues()

    def _items(self, words: list[Word]) -> list[_Item]:
        items = []
        after = 0  # the place that the last entry found leaves off
        for place, word in enumerate(words):
            if place < after or not (word.keys or word.kind == "note" or place == 0):
                continue
            if word.kind == "note":
                items.append(_Item(place, place, "note", _note(word.form)))
            found = self._longest(words, place, word.keys, self.lexicon.anywhere)
            if place == 0:
                start = self._longest(words, 0, word.keys and (word.form,), self.lexicon.starts)
                found = found if start is None or (found and found.last > start.last) else start
            if found:
                items.append(found)
                after = found.last + 1
        return items

    def _longest(
        self, words: list[Word], place: int, keys: tuple[str, ...], table: Table
    ) -> _Item | None:
        if not keys:
            return None
        best: _Item | None = None
        following = words[place + 1].keys if place + 1 < len(words) else ()
        for key in keys:
            for second in following:
                for entry in table.longer.get((key, second), ()):
                    last = self._match(entry.words, words, place)
                    if last is not None:
                        if best is None or last > best.last:
                            best = _Item(place, last, entry.kind, entry.strength)
                        break
        if best is not None:
            return best
        alone = next((table.alone[key] for key in keys if key in table.alone), None)
        return alone and _Item(place, place, alone.kind, alone.strength)

    def _match(self, wanted: tuple[str, ...], words: list[Word], place: int) -> int | None:
        """The place of the last of ``wanted``, whose first two stand at ``place``; None when the
        others do not follow.

        A word that strengthens or weakens may come between: "laisse vraiment à désirer".
        """
        place += 1
        for key in wanted[2:]:
            place += 1
            if place < len(words) and self._strengthens(words[place], key):
                place += 1
            if place >= len(words) or key not in words[place].keys:
                return None
        return place

    def _strengthens(self, word: Word, key: str) -> bool:
        if not word.keys or key in word.keys:
            return False
        entry = self.lexicon.anywhere.alone.get(word.keys[0])
        return entry is not None and entry.kind == "more"


def _note(form: str) -> float:
    given, out_of = (int(number) for number in form.split("/"))
    return NOTE * (2 * given / out_of - 1) if given <= out_of else 0.0


class _Sentence:
    """The entries found in one sentence, weighed by what stands near them."""

    def __init__(self, words: list[Word], items: list[_Item], stop: str) -> None:
        self.words = words
        self.items = items
        self.stop = stop
        self.buts = [item.first for item in items if item.kind == "but"]
        self.used: set[int] = set()  # numbers of the negations that turn an opinion round

    def cues(self) -> list[Cue]:
        asked = "?" in self.stop
        found = [self._opinion(n) for n, item in enumerate(self.items) if item.kind == "opinion"]
        for number, item in enumerate(self.items):
            if item.kind == "not" and number not in self.used:
                found.append(self._cue(item, "negation", LONE_NEGATION, LONE_NEGATION, ()))
            elif item.kind in ("wish", "note") or self._begins(item):
                kind = "note" if item.kind == "note" else "wish"
                found.append(self._cue(item, kind, item.strength, item.strength, ()))
        if asked and self.words:
            end = self.words[-1].end
            found.append(Cue(end, end + 1, "question", QUESTION, QUESTION))
        return sorted(found)

    def _cue(
        self, item: _Item, kind: str, strength: float, weight: float, by: tuple[str, ...]
    ) -> Cue:
        if self.buts:
            after = item.first > self.buts[-1]
            weight *= AFTER_BUT if after else BEFORE_BUT
            by = (*by, self.words[self.buts[-1]].form)
        if "!" in self.stop and kind in ("opinion", "note"):
            weight *= EXCLAMATION
            by = (*by, "!")
        start, end = self.words[item.first].start, self.words[item.last].end
        return Cue(start, end, kind, strength, round(weight, 3), by)

    def _opinion(self, number: int) -> Cue:
        item = self.items[number]
        weight, by = item.strength, []
        for beside in self._beside(number):
            weight *= beside.strength
            by.append(self._said(beside))
        negation = self._negation(number)
        if negation is not None:
            self.used.add(negation)
            self.used.update(self._same_negation(negation))
            by.append(self._said(self.items[negation]))
            weight *= NEGATED_GOOD if weight > 0 else NEGATED_BAD
        if weight > 0 and self._wished(item):
            weight *= WISHED
        return self._cue(item, "opinion", item.strength, weight, tuple(by))

    def _said(self, item: _Item) -> str:
        return " ".join(word.form for word in self.words[item.first : item.last + 1])

    def _wished(self, item: _Item) -> bool:
        return "?" in self.stop or any(
            (other.kind == "wish" and other.first < item.first) or self._begins(other)
            for other in self.items
        )

    def _begins(self, item: _Item) -> bool:
        return item.kind == "start" and item.first == 0

    def _beside(self, number: int) -> list[_Item]:
        """What strengthens or weakens the opinion: just before it, or right after."""
        found: list[_Item] = []
        first = self.items[number].first
        for item in reversed(self.items[:number]):
            if item.kind not in ("more", "less") or not self._near(item.last, first, BESIDE):
                break
            found.append(item)
            first = item.first
        after = self.items[number + 1 : number + 3]
        follows = [item for item in after[:1] if item.first == self.items[number].last + 1]
        if follows and follows[0].kind == "more":
            leads_on = len(after) > 1 and after[1].first == follows[0].last + 1
            if not leads_on:
                found.append(follows[0])
        return found

    def _near(self, last: int, first: int, reach: int) -> bool:
        between = self.words[last + 1 : first]
        return len(between) < reach and all(word.kind == "word" for word in between)

    def _negation(self, number: int) -> int | None:
        """The number of the item that turns the opinion round, if any.

        A good word is turned round from further than a bad one: "pas un site aimable", but
        "pas répondu, toujours injoignable".
        """
        opinion = self.items[number]
        if any(word.form in _NEGATIVE for word in self.words[opinion.first : opinion.last + 1]):
            self.used.update(self._same_negation(number))  # "sans aucune attente", said whole
            return None
        for other in range(number - 1, -1, -1):
            item = self.items[other]
            if item.kind == "but" or not self._near(item.last, opinion.first, NEAR):
                break
            if item.kind == "not" and self._answers(item, opinion):
                return None
            if item.kind == "not":
                return other if opinion.strength > 0 or self._joined(item, opinion) else None
        after = self.items[number + 1 : number + 2]
        if after and after[0].kind == "not" and self._turns_back(opinion, after[0]):
            return number + 1
        return None

    def _same_negation(self, number: int) -> list[int]:
        """The negations that stand right before another: "sans aucune attente"."""
        same = []
        while number and self.items[number - 1].kind == "not":
            number -= 1
            if self.items[number].last + 1 != self.items[number + 1].first:
                break
            same.append(number)
        return same

    def _answers(self, negation: _Item, opinion: _Item) -> bool:
        """True for "Nothing, excellent service" without its comma: it answers what to improve."""
        alone = negation.first == 0 and self.words[0].form in _ANSWERS
        return alone and (opinion.strength >= CLEARLY_GOOD or self.words[1].form in _OTHERS)

    def _joined(self, negation: _Item, opinion: _Item) -> bool:
        """True for "aucun problème", "pas eu de souci", "ni vraiment lent": links alone between."""
        between = self.words[negation.last + 1 : opinion.first]
        inside = [item for item in self.items if negation.last < item.first < opinion.first]
        strong = {
            n
            for item in inside
            if item.kind in ("more", "less", "not")
            for n in range(item.first, item.last + 1)
        }
        return all(
            word.form in _LINKS or place in strong
            for place, word in enumerate(between, negation.last + 1)
        )

    def _turns_back(self, opinion: _Item, negation: _Item) -> bool:
        """True for "ne marche pas" and "marche pas": the opinion stands before its negation."""
        if self.words[negation.first].form not in _BACK:
            return False
        gap = negation.first - opinion.last
        before = {word.form for word in self.words[max(0, opinion.first - 3) : opinion.first]}
        return gap <= BESIDE and bool(before & {"ne", "n'"} or (gap == 1 and self._verb(opinion)))

    def _verb(self, opinion: _Item) -> bool:
        keys = self.words[opinion.last].keys
        form = self.words[opinion.last].form
        return keys[-1] != form and keys[-1].endswith(("er", "ir", "re"))


@cache
def reader(lang: str) -> Reader:
    """The reader of ``lang``, made once."""
    return Reader(lang)
