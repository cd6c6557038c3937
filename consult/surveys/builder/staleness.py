"""Which side of a text was not read again since the other one changed."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

OTHER_SIDE = {"fr": "en", "en": "fr"}


def stale_side(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The side of ``after`` that is older than the other: 'fr', 'en', or '' for neither.

    ``before`` and ``after`` hold 'fr' and 'en', and ``before`` the side that was already 'stale'.
    A side that is blank is missing, not stale; a side just filled in is up to date.
    """
    if not (after["fr"].strip() and after["en"].strip()):
        return ""
    changed = [side for side in ("fr", "en") if before[side].strip() != after[side].strip()]
    was = before.get("stale", "")
    if not changed:
        return was
    if len(changed) == 2 or changed == [was] or not before[changed[0]].strip():
        return ""
    return OTHER_SIDE[changed[0]]


def mark_stale(before: Any, after: Any, still_same: Collection[str] | None = ()) -> None:
    """Sets 'stale' in every text of ``after`` that ``before`` has too, at the same place.

    Both are definitions, or parts of one. ``still_same`` are the places of texts that say the same
    in both languages, whatever changed; None when all that changed does.
    """
    known = dict(texts_in(before))
    for place, text in texts_in(after):
        earlier = known.get(place)
        if still_same is None:
            text["stale"] = _unchanged_mark(earlier, text)
        elif place in still_same or earlier is None:
            text["stale"] = ""
        else:
            text["stale"] = stale_side(earlier, text)


def _unchanged_mark(earlier: Mapping[str, str] | None, text: Mapping[str, str]) -> str:
    """The mark that a text had, if it is as it was; none when it changed."""
    if earlier and (earlier["fr"], earlier["en"]) == (text["fr"], text["en"]):
        return earlier.get("stale", "")
    return ""


def texts_in(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a definition, or of a part of one, with its place.

    A place is made of names: 'choices.bus.label'. That of a question's text leaves its page out, so
    that a question that moves keeps its places: 'questions.region.label'.
    """
    if isinstance(value, dict) and {"fr", "en"} <= value.keys():
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "columns":
                continue
            yield from texts_in(item, key if key == "questions" or not place else f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            step = item.get("name", index) if isinstance(item, dict) else index
            yield from texts_in(item, f"{place}.{step}")
