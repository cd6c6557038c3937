"""Questions about where one lives, never closer than needed."""

import re
from typing import Literal

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.municipalities import find_municipality, municipality_name
from consult.questionnaires.regions import REGIONS
from consult.questionnaires.types.base import Answer, Choice, Question, line_of
from consult.questionnaires.types.choices import SingleAnswer

#: Letter, digit, letter, then digit, letter, digit; the letters that Canada Post leaves out of a
#: first place and of any place. Source: Canada Post, Addressing Guidelines.
_POSTAL_CODE = re.compile(
    r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)?\Z", re.IGNORECASE
)


class Region(SingleAnswer):
    """One of the 17 administrative regions of Québec, kept as its code."""

    type: Literal["region"]

    @property
    def options(self) -> tuple[Choice, ...]:
        return tuple(Choice(name=code, label=name) for code, name in REGIONS.items())


class Municipality(Question):
    """A municipality of Québec, kept as its official code ('23027').

    A form gives its name as people type it, accents or not, or its code. 'several_municipalities'
    tells that several bear the name: the region in brackets says which.
    """

    type: Literal["municipality"]

    def normalise(self, raw: object) -> Answer:
        line = line_of(raw)
        if line is None:
            return None
        found = find_municipality(line)
        if not found:
            raise AnswerError("unknown_municipality")
        if len(found) > 1:
            raise AnswerError("several_municipalities")
        return found[0]

    def in_words(self, answer: Answer, lang: str) -> tuple[str, ...]:
        return () if answer is None else (municipality_name(str(answer)),)


class PostalCode(Question):
    """A postal code, of which only the first three characters are kept ('G1R')."""

    type: Literal["postal_code"]

    def normalise(self, raw: object) -> Answer:
        line = line_of(raw)
        if line is None:
            return None
        found = _POSTAL_CODE.match(re.sub(r"[\s-]", "", line))
        if not found:
            raise AnswerError("not_a_postal_code")
        return found[1].upper()
