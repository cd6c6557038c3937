"""Which comments say best what many say."""

from collections import Counter
from collections.abc import Sequence

from consult.feedback.alerts.terms import terms_of
from consult.feedback.queries.alerts import Words

#: Characters of a comment that can be quoted whole in a message.
SHORTEST, LONGEST = 30, 300


def most_telling(comments: Sequence[Words], number: int) -> list[Words]:
    """At most ``number`` comments whose words the most other comments share, each another story.

    A comment's weight is the mean, over its words, of how many other comments say them; words of a
    comment already chosen weigh nothing, so that the next one speaks of something else. Of equal
    ones the latest comes first.
    """
    terms = [{term for term in terms_of(one.text, one.lang) if " " not in term} for one in comments]
    holders = Counter(term for one in terms for term in one)
    left = [
        place
        for place, one in enumerate(comments)
        if SHORTEST <= len(one.text) <= LONGEST and terms[place]
    ]
    chosen: list[Words] = []
    said: set[str] = set()
    while left and len(chosen) < number:
        weights = {
            place: sum(holders[term] - 1 for term in terms[place] - said) / len(terms[place])
            for place in left
        }
        best = max(left, key=lambda place: (weights[place], place))
        if chosen and not weights[best]:
            break  # nobody else says what is left
        left.remove(best)
        said |= terms[best]
        chosen.append(comments[best])
    return chosen
