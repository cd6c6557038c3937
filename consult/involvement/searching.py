"""What activities are searched by: a column of plain words, and conditions on it.

Words are lower case, without accents, each between spaces; a theme stands there once more as one
key between «#». The same on every database: a library holds thousands of entries, not millions,
and reading them all takes less time than drawing the page.
"""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_

from consult.catalogues import LANGUAGES
from consult.db import Localized
from consult.involvement.models import Activity
from consult.searching.asked import Term, fold, read_asked

_TOKEN = re.compile(r"[^\W_]+")


def words_of(activity: Activity) -> str:
    """The words of an activity's texts and themes, and of its service's name."""
    texts: Iterable[Localized] = (
        activity.title,
        activity.learned,
        activity.changed,
        activity.profile,
        activity.service.name,
        *(Localized(**theme) for theme in activity.themes),
    )
    said = " ".join(getattr(text, lang) for text in texts for lang in LANGUAGES)
    keys = "".join(f" #{theme_key(Localized(**theme))}#" for theme in activity.themes)
    return f" {' '.join(_TOKEN.findall(fold(said)))} {keys} "


def theme_key(theme: Localized) -> str:
    """What a theme is called in an address, whatever its accents and capitals."""
    return "-".join(_TOKEN.findall(fold(theme.fr or theme.en)))


def says(typed: str) -> ColumnElement[bool]:
    """True of the activities that say all that is typed."""
    asked = read_asked(typed)
    conditions = [_has(term) for term in asked.wanted]
    conditions += [~_has(term) for term in asked.unwanted]
    return and_(True, *conditions)


def is_about(key: str) -> ColumnElement[bool]:
    """True of the activities with this theme."""
    return Activity.searched.contains(f" #{key}#", autoescape=True)


def _has(term: Term) -> ColumnElement[bool]:
    ends = ["" if term.begins and not place else " " for place in range(len(term.phrases))]
    return or_(
        *[
            Activity.searched.contains(f" {' '.join(phrase)}{end}", autoescape=True)
            for phrase, end in zip(term.phrases, ends, strict=True)
        ]
    )
