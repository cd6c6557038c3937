"""The types that XLSForm and its ancestors write, in ours."""

import re
from typing import NamedTuple

from consult.questionnaires.importing import LossKind

#: What can be asked as it is.
ASKED = {
    "text": "short_text",
    "string": "short_text",
    "phone number": "short_text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "datetime": "date",
    "date time": "date",
    "time": "time",
    "note": "note",
    "calculate": "calculated",
    "hidden": "hidden",
    "acknowledge": "consent",
    "trigger": "consent",
    "range": "range",
    "file": "file",
    "image": "file",
    "photo": "file",
    "picture": "file",
    "today": "calculated",
    "get today": "calculated",
}
#: Measured or recorded by a phone: there is nothing of the kind on a page.
BY_PHONE = {
    "geopoint", "gps", "location", "geotrace", "geoshape", "barcode", "audio", "video", "osm",
    "start-geopoint", "background-audio", "background-geopoint",
}  # fmt: skip
#: Written by the program itself about the filling in, which we never do.
METADATA = {
    "start", "end", "deviceid", "imei", "simserial", "subscriberid", "phonenumber", "username",
    "email", "audit", "start time", "end time", "device id", "sim id", "subscriber id",
}  # fmt: skip
FROM_FILES = {"include", "xml-external", "csv-external", "select one external"}

_OLD_WAY = re.compile(r"(?:q|add) (.+?)(?: prompt)?")
_GROUP = re.compile(r"(begin|end) (group|lgroup|repeat|looped group|loop)\b ?(.*)")
_SELECT = re.compile(
    r"(select one|select1|select multiple|select all that apply|rank)"
    r"(?: prompt)?(?: from| using)? (\S.*)",
    re.IGNORECASE,
)
_OTHER = re.compile(r" or[ _](?:other|specify[ _]other)$")
_SELECTS = {"select one": "one_choice", "select1": "one_choice", "rank": "ranking"}


class Kind(NamedTuple):
    """What a row is: 'asked', 'begin', 'end', 'lost' (then ``reason``), or '' for nonsense.

    ``type`` is ours when it is asked; of a group, 'group', 'repeat' or 'loop'.
    """

    role: str
    type: str = ""
    list_name: str = ""
    or_other: bool = False
    reason: LossKind = "question_type"


def kind_of(written: str) -> Kind:
    """What a cell of the column 'type' says; a list's name keeps its letters."""
    words = " ".join(written.lower().replace("_", " ").split())
    if words.startswith(("select one from file", "select multiple from file")):
        return Kind("lost", reason="other_file")
    if words.split(" over ")[0] in FROM_FILES or words.startswith("select one external"):
        return Kind("lost", reason="other_file")
    if group := _GROUP.fullmatch(words):
        nature = {"loop": "loop", "group": "group"}.get(group[2], "repeat")
        return Kind(group[1], nature)
    if select := _select(written):
        return select
    return _plain(words)


def _select(written: str) -> Kind | None:
    """A question on a list; the list's name is taken from the cell as it is."""
    spaced = re.sub(r"^(?:q |add )?select_(one|multiple)\b", r"select \1", written, flags=re.I)
    spaced = re.sub(r"^(?:q|add) ", "", spaced, flags=re.I)
    found = _SELECT.fullmatch(_OTHER.sub("", spaced))
    if not found:
        return None
    return Kind(
        "asked",
        _SELECTS.get(found[1].lower(), "several_choices"),
        found[2],
        bool(_OTHER.search(spaced)),
    )


def _plain(words: str) -> Kind:
    old = _OLD_WAY.fullmatch(words)
    words = old[1] if old else words
    if words in ASKED:
        return Kind("asked", ASKED[words])
    first = words.split(" ")[0]
    if first in BY_PHONE:
        return Kind("lost", reason="question_type")
    without = words.removeprefix("get ")
    if without in METADATA or words.startswith(("uri:", "set form ")):
        return Kind("lost", reason="metadata")
    if without == "phone number" and words != without:
        return Kind("lost", reason="metadata")
    return Kind("")
