"""From a row to a question."""

import copy
import re
from collections.abc import Callable
from typing import Any

from consult.questionnaires.importing import Asked, ImportRefusedError, Rule, text
from consult.questionnaires.xlsform.kinds import Kind
from consult.questionnaires.xlsform.lists import mark_stale
from consult.questionnaires.xlsform.reading import TEXT_LENGTH, Reading, columns_of
from consult.questionnaires.xlsform.records import OURS, Record

#: Choices of all questions together: each has its own copy of its list.
MOST_OFFERED = 30_000

YES = {"yes", "true", "true()", "1"}
NO = {"", "no", "false", "false()", "0"}
#: Ours that XLSForm has no type for, by the type it is written as.
WRITTEN_AS = {
    "yes_no": "one_choice",
    "scale": "one_choice",
    "region": "one_choice",
    "municipality": "short_text",
    "postal_code": "short_text",
    "heading": "note",
}
LISTED = {"minimal", "autocomplete", "search"}
OTHER_CHOICE = text("Autre", "Other")
OTHER_WORDS = text("Précisez", "Please specify")

Fields = dict[str, Any]


def read_question(reading: Reading, record: Record, kind: Kind, relevant: list[Rule]) -> Asked:
    """The question a row asks; ``relevant`` are the conditions of the groups around it."""
    asked = Asked(reading.carry(record), {}, columns=columns_of(record))
    asked.fields = _shared(reading, record) | {"type": _type(record, kind)}
    asked.fields |= _OF_TYPE.get(asked.fields["type"], _nothing)(reading, record, kind)
    asked.items["choices"] = asked.fields.pop("_places", [])
    finish_texts(asked.fields, record, exact=reading.exact)
    asked.relevant = [*relevant, *conditions(record)]
    if kind.role == "asked" and kind.type == "date" and "time" in record.get("type").lower():
        reading.draft.lose(record.at("type"), "time_of_day", name=asked.name)
    return asked


def conditions(record: Record) -> list[Rule]:
    """The row's own condition to be shown."""
    expression = record.get("relevant")
    return [Rule(expression, record.at("relevant"))] if expression else []


def _type(record: Record, kind: Kind) -> str:
    ours = record.get(f"{OURS}type")
    if WRITTEN_AS.get(ours) == kind.type:
        return ours
    if kind.type == "short_text" and _looks(record, {"multiline"}):
        return "long_text"
    if kind.type == "range":
        return _type_of_range(record)
    return kind.type


def _shared(reading: Reading, record: Record) -> Fields:
    return {
        "name": reading.name(record),
        "label": record.text("label") or text(),
        "hint": record.text("hint"),
        "required_message": record.text("required_message"),
        "constraint": record.get("constraint"),
        "constraint_message": record.text("constraint_message"),
    } | required(record)


def required(record: Record) -> Fields:
    """Always, never, or under a condition."""
    written = record.get("required")
    under = record.get(f"{OURS}required_if")
    if written.lower() in YES | NO:
        return {"required": written.lower() in YES, "required_if": under}
    return {"required": False, "required_if": written}


def finish_texts(fields: Fields, record: Record, *, exact: bool) -> None:
    """Blank texts that are meant to be, texts older than their other side, words for nobody."""
    for key in record.get(f"{OURS}blank").split():
        if fields.get(key, "") is None:
            fields[key] = text()
    mark_stale(fields, record.get(f"{OURS}stale"))
    if (
        fields["type"] in ("calculated", "hidden")
        and not exact
        and not any(fields["label"].values())
    ):
        fields["label"] = text(fields["name"], fields["name"])


def _nothing(reading: Reading, record: Record, kind: Kind) -> Fields:
    return {}


def _written(reading: Reading, record: Record, kind: Kind) -> Fields:
    if length := _ours(record, "max_length"):
        return {"max_length": length}
    is_long = _looks(record, {"multiline"})
    return {} if is_long or reading.exact else {"max_length": TEXT_LENGTH}


def _looks(record: Record, known: set[str]) -> bool:
    """True when the row asks for a look of ours; any other it asks for stays unread."""
    looks = set(record.peek("appearance").split())
    if looks <= known:
        record.get("appearance")
    return bool(looks & known)


def _bounded(*names: str) -> Callable[[Reading, Record, Kind], Fields]:
    """Reads columns of ours as they are."""

    def read(reading: Reading, record: Record, kind: Kind) -> Fields:
        found = {name: _ours(record, name) for name in names}
        if kind.type == "range":
            found |= _bounds_of_range(record)
        return {name: value for name, value in found.items() if value}

    return read


def _ours(record: Record, name: str) -> str:
    return record.get(f"{OURS}{name}")


def choices_of(reading: Reading, record: Record, kind: Kind) -> Fields:
    """The choices of a row's list, and the filter that offers some of them."""
    chosen = reading.list_of(record, kind.list_name)
    reading.offered += len(chosen.choices)
    if reading.offered > MOST_OFFERED:
        most = str(MOST_OFFERED)
        raise ImportRefusedError.because("too_many_choices", record.at("type"), max=most)
    return {
        "choices": copy.deepcopy(chosen.choices),
        "choice_filter": record.get("choice_filter"),
        "_places": chosen.places,
    }


def _selected(reading: Reading, record: Record, kind: Kind) -> Fields:
    fields = choices_of(reading, record, kind)
    if kind.or_other:
        fields["other"] = dict(OTHER_WORDS)
        if "other" not in {choice["name"] for choice in fields["choices"]}:
            fields["choices"].append({"name": "other", "label": dict(OTHER_CHOICE)})
    if kind.type == "one_choice" and _looks(record, LISTED):
        fields["display"] = "list"
    for name in ("minimum", "maximum", "exclusive"):
        if kind.type == "several_choices" and (value := _ours(record, name)):
            fields[name] = value
    return fields


def _ranked(reading: Reading, record: Record, kind: Kind) -> Fields:
    places = _ours(record, "places")
    return choices_of(reading, record, kind) | ({"places": places} if places else {})


def _on_our_list(reading: Reading, record: Record, kind: Kind) -> Fields:
    """Regions, yes and no: the list is ours, whatever its copy in the file says."""
    reading.list_of(record, kind.list_name)
    return {}


def _scale(reading: Reading, record: Record, kind: Kind) -> Fields:
    if kind.type == "range":
        start, end, _ = _range(record)
        return {"first": int(start), "last": int(end), "low": text(), "high": text()}
    chosen = reading.list_of(record, kind.list_name)
    steps = [choice["label"] for choice in chosen.choices]
    ends = {"first": chosen.choices[0]["name"], "last": chosen.choices[-1]["name"]}
    if _ours(record, "steps").lower() not in YES:
        return ends | {"low": steps[0], "high": steps[-1]}
    low, high = record.text(f"{OURS}low") or text(), record.text(f"{OURS}high") or text()
    return ends | {"low": low, "high": high, "steps": steps}


def _calculated(reading: Reading, record: Record, kind: Kind) -> Fields:
    if record.get("type").lower().removeprefix("get ") == "today":
        return {"calculation": "today()"}
    calculation = record.get("calculation")
    if not calculation:
        raise ImportRefusedError.because("no_calculation", record.at("calculation"))
    return {"calculation": calculation}


def _hidden(reading: Reading, record: Record, kind: Kind) -> Fields:
    found = next((cell for column, cell in record.cells.items() if column.key == "default"), "")
    return {"value": record.get("default")} if re.fullmatch(r"[\w.-]{1,64}", found) else {}


def _file(reading: Reading, record: Record, kind: Kind) -> Fields:
    kinds = _ours(record, "accepts").split()
    if not kinds:
        is_picture = "file" not in record.get("type").lower()
        kinds = ["image"] if is_picture else ["pdf", "image", "document", "spreadsheet"]
    size = _ours(record, "max_megabytes")
    return {"accepts": kinds} | ({"max_megabytes": size} if size else {})


def _range(record: Record) -> tuple[float, float, float]:
    """Start, end and step of a range; those that the row does not say are 1, 10 and 1."""
    written = dict(
        pair.split("=", 1) for pair in re.split(r"[\s;,]+", record.get("parameters")) if "=" in pair
    )
    try:
        found = [float(written.get(key, usual)) for key, usual in _RANGE.items()]
    except ValueError as error:
        raise ImportRefusedError.because("wrong_value", record.at("parameters")) from error
    return found[0], found[1], found[2]


_RANGE = {"start": 1.0, "end": 10.0, "step": 1.0}


def _type_of_range(record: Record) -> str:
    start, end, step = _range(record)
    if (start in (0, 1)) and step == 1 and 1 < end <= 10 and end.is_integer():
        return "scale"
    return "integer" if start.is_integer() and step.is_integer() else "decimal"


def _bounds_of_range(record: Record) -> Fields:
    start, end, _ = _range(record)
    return {"minimum": format(start, "g"), "maximum": format(end, "g")}


_OF_TYPE: dict[str, Callable[[Reading, Record, Kind], Fields]] = {
    "short_text": _written,
    "long_text": _written,
    "integer": _bounded("minimum", "maximum"),
    "decimal": _bounded("minimum", "maximum"),
    "date": _bounded("earliest", "latest"),
    "yes_no": _on_our_list,
    "region": _on_our_list,
    "one_choice": _selected,
    "several_choices": _selected,
    "scale": _scale,
    "ranking": _ranked,
    "calculated": _calculated,
    "hidden": _hidden,
    "file": _file,
}
