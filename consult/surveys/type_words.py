"""The types of question as editors call them, and what each is for."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.questionnaires import QUESTION_TYPES


class TypeWords(NamedTuple):
    name: LazyString
    use: LazyString


#: In the order in which an editor chooses among them.
TYPES: dict[str, TypeWords] = {
    "one_choice": TypeWords(_l("One choice"), _l("One answer among those you offer.")),
    "several_choices": TypeWords(_l("Several choices"), _l("Boxes to check, as many as apply.")),
    "yes_no": TypeWords(_l("Yes or no"), _l("A question answered by yes or no.")),
    "scale": TypeWords(_l("Scale"), _l("From 1 to 5, from 0 to 10, with words at both ends.")),
    "matrix": TypeWords(_l("Several statements"), _l("Statements answered on the same choices.")),
    "ranking": TypeWords(_l("Ranking"), _l("Choices put in order of preference.")),
    "short_text": TypeWords(_l("Short text"), _l("A few words on one line.")),
    "long_text": TypeWords(_l("Long text"), _l("An opinion or a story, in one’s own words.")),
    "integer": TypeWords(_l("Whole number"), _l("How many, without decimals.")),
    "decimal": TypeWords(_l("Number with decimals"), _l("An amount or a measure.")),
    "date": TypeWords(_l("Date"), _l("A day, month and year.")),
    "time": TypeWords(_l("Time of day"), _l("Hours and minutes.")),
    "region": TypeWords(_l("Region"), _l("One of the 17 administrative regions of Québec.")),
    "municipality": TypeWords(_l("Municipality"), _l("A municipality of Québec, by its name.")),
    "postal_code": TypeWords(
        _l("Postal code"), _l("Only its first three characters are ever kept.")
    ),
    "file": TypeWords(_l("File"), _l("A document or a picture to attach.")),
    "consent": TypeWords(_l("Consent"), _l("A box to check to agree.")),
    "heading": TypeWords(_l("Heading"), _l("A title inside a page.")),
    "note": TypeWords(_l("Note"), _l("A paragraph to read, without an answer.")),
    "calculated": TypeWords(
        _l("Calculated value"), _l("Worked out from other answers, not shown.")
    ),
    "hidden": TypeWords(_l("Hidden value"), _l("A code that the link brings, not shown.")),
}

if TYPES.keys() ^ QUESTION_TYPES.keys():
    raise TypeError(f"types without words: {sorted(TYPES.keys() ^ QUESTION_TYPES.keys())}")
