"""What the words around a number say of it."""

import re
from collections.abc import Callable, Iterator

#: What people put between the groups of a number: spaces (also unbreakable), dots, dashes.
GAP = r"[ .\-]"
#: A number starts here: it is not the end of a word, of an amount or of a longer number.
STARTS = r"(?=[0-9])(?<![0-9_$€£])(?<![^\W\d_])(?<!\w[-.])(?<![0-9],)"
#: A number ends here.
ENDS = r"(?!\w)(?!-\w)(?![.,][0-9])"
#: Seven digits near one another: the shortest number of a person.
_SEVEN_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,4}[0-9]){6}")

_FILE_WORDS = re.compile(
    r"""\b(?:dossiers?|demande|r[ée]f[ée]rence|r[ée]f|confirmation|facture|permis|re[çc]u|suivi
          |commande|contrat|transaction|matricule|neq|billet|formulaire|avis|cas|inscription
          |files?|case|request|application|reference|ref|invoice|permit|receipt|tracking|order
          |ticket|contract|claim|form|registration|account|compte|client|customer)
        (?:\W{1,3}(?:id|code|num[ée]ro|number|num|n[o°º]|no|nbr))?
        \W{0,3}(?:\b(?:est|is|was|[ée]tait|le|the|de|of)\b\W{0,3}){0,2}$
      | \bno\.?\s(?:de|d['’])\s?(?!t[ée]l)\w{1,15}\W{1,3}$""",
    re.VERBOSE | re.IGNORECASE,
)
_QUANTITY_AFTER = re.compile(
    r"\s?(?:\$|€|£|%|dollars?|euros?|piastres?|[MGk]\$|CAD|million|milliard|billion"
    r"|fois|times|personnes|people|habitants|visites|visits)",
    re.IGNORECASE,
)


def has_number(text: str) -> bool:
    """True when ``text`` holds as many digits, close together, as the shortest identifier."""
    return _SEVEN_DIGITS.search(text) is not None


def before(text: str, position: int) -> str:
    """The few words that stand before ``position``."""
    return text[max(0, position - 60) : position]


def follows_file_word(text: str, position: int) -> bool:
    """True when "dossier", "invoice", "no de suivi" or the like stands right before."""
    return _FILE_WORDS.search(before(text, position)) is not None


def is_quantity(text: str, end: int) -> bool:
    """True when a currency, a percent sign or a counted thing follows the number."""
    return _QUANTITY_AFTER.match(text, end) is not None


def scan(
    pattern: re.Pattern[str],
    text: str,
    take: Callable[[re.Match[str]], str],
    *,
    apart: bool = False,
) -> Iterator[tuple[int, int]]:
    """Where the numbers stand that ``take`` keeps of each match ("" for none), from its start.

    The next is looked for where the last one ended, so that a list of numbers is read in one go.
    ``apart`` leaves what a space or a dot ties to digits before it, unless they were a number too.
    """
    position, last = 0, -1
    while match := pattern.search(text, position):
        start, position = match.span()
        tied = apart and _TIED.search(text[max(0, start - 2) : start]) and start - 1 != last
        if not tied and (number := take(match)):
            position = last = start + len(number)
            yield start, last


_TIED = re.compile(r"[0-9][ .-]$")


def longest_part(written: str, is_number: Callable[[str], bool]) -> str:
    """The longest run of groups, from the first, that ``is_number`` takes: others may follow it."""
    while written and not is_number(written):
        shorter = re.sub(r"[^0-9]+[0-9]+$", "", written)
        written = shorter if shorter != written else ""
    return written
