"""From a LimeSurvey question to ours: one for one, but for comments that become questions."""

import copy
import re
from collections.abc import Callable, Iterable
from typing import Any

from consult.questionnaires.importing import LossKind, Names, Page, Rule, choice_name, text
from consult.questionnaires.limesurvey import words
from consult.questionnaires.limesurvey.expressions import (
    NotTranslatedError,
    Variable,
    translate,
)
from consult.questionnaires.limesurvey.reading import Reading
from consult.questionnaires.limesurvey.survey import LimeQuestion, Line, Texts

Choices = list[dict[str, Any]]
Ask = Callable[[Reading, Page, LimeQuestion], None]

LONGEST = {"S": 1_000, "T": 4_000, "U": 20_000, "Q": 1_000, ";": 1_000}
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def shared(question: LimeQuestion) -> dict[str, Any]:
    """Label, hint and whether an answer is required."""
    hint = question.help if any(question.help.values()) else None
    return {
        "label": question.label,
        "hint": hint,
        "required": question.mandatory in ("Y", "S"),
    }


def choices_from(
    labels: Iterable[tuple[str, Texts]],
) -> tuple[Choices, dict[str, str]]:
    """Choices, and the file's codes to their names."""
    names = Names()
    choices: Choices = []
    codes: dict[str, str] = {}
    for code, label in labels:
        codes[code] = names.give(choice_name(code))
        choices.append({"name": codes[code], "label": copy.deepcopy(label)})
    return choices, codes


def labelled(lines: Iterable[Line]) -> list[tuple[str, Texts]]:
    return [(line.code, line.label) for line in lines]


def written(question: LimeQuestion) -> dict[str, Any]:
    """The type and the limits of a written answer, which may have to be a number."""
    length = question.attribute("maximum_chars")
    if question.attribute("numbers_only") == "1":
        return {"type_name": "decimal"}
    fields: dict[str, Any] = {
        "type_name": "long_text" if question.type in "TU" else "short_text",
        "max_length": LONGEST.get(question.type, 1_000),
    }
    if length.isdecimal() and int(length):
        fields["max_length"] = min(int(length), fields["max_length"])
    return fields


def number(question: LimeQuestion) -> dict[str, Any]:
    """The type and the bounds of a number."""
    is_whole = question.attribute("num_value_int_only") == "1"
    fields: dict[str, Any] = {"type_name": "integer" if is_whole else "decimal"}
    for bound, names in _BOUNDS.items():
        value = next(filter(None, map(question.attribute, names)), "")
        if re.fullmatch(r"-?\d+" if is_whole else r"-?\d+(\.\d+)?", value):
            fields[bound] = value
    return fields


_BOUNDS = {"minimum": ("min_num_value_n",), "maximum": ("max_num_value_n",)}


def ask_text(reading: Reading, page: Page, question: LimeQuestion) -> None:
    _ask_plain(reading, page, question, **written(question))


def ask_number(reading: Reading, page: Page, question: LimeQuestion) -> None:
    _ask_plain(reading, page, question, **number(question))


def ask_yes_no(reading: Reading, page: Page, question: LimeQuestion) -> None:
    _ask_plain(reading, page, question, "yes_no", {"Y": "yes", "N": "no"})


def ask_five(reading: Reading, page: Page, question: LimeQuestion) -> None:
    ends = {"low": dict(words.LOWEST), "high": dict(words.HIGHEST)}
    _ask_plain(reading, page, question, "scale", first=1, last=5, **ends)


def ask_date(reading: Reading, page: Page, question: LimeQuestion) -> None:
    days = {"earliest": question.attribute("date_min"), "latest": question.attribute("date_max")}
    known: dict[str, Any] = {side: day for side, day in days.items() if _ISO_DAY.fullmatch(day)}
    _ask_plain(reading, page, question, "date", **known)
    if re.search(r"[Hh]", question.attribute("date_format")):
        reading.draft.lose(question.place, "time_of_day", name=question.code)


def ask_file(reading: Reading, page: Page, question: LimeQuestion) -> None:
    kinds = ["pdf", "image", "document", "spreadsheet"]
    _ask_plain(reading, page, question, "file", accepts=kinds)


def ask_note(reading: Reading, page: Page, question: LimeQuestion) -> None:
    fields = shared(question) | {"required": False}
    reading.ask(page, question, reading.name(question), "note", **fields)


def _ask_plain(
    reading: Reading,
    page: Page,
    question: LimeQuestion,
    type_name: str,
    codes: dict[str, str] | None = None,
    **fields: Any,
) -> None:
    name = reading.name(question)
    reading.ask(page, question, name, type_name, **shared(question), **fields)
    reading.know(question, Variable(name, codes=codes or {}))


def ask_gender(reading: Reading, page: Page, question: LimeQuestion) -> None:
    choices, codes = choices_from(words.GENDERS.items())
    _ask_plain(reading, page, question, "one_choice", codes, choices=choices)


def ask_one_choice(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """A list, as buttons or to unfold; 'O' asks for a comment on it besides."""
    choices, codes = choices_from(labelled(question.answers))
    display = "list" if question.type == "!" else "radios"
    fields = {"choices": choices, "display": display} | _other(question, choices, codes)
    _ask_plain(reading, page, question, "one_choice", codes, **fields)
    reading.carry(question.answers)
    if question.type == "O":
        name = reading.part_name(page.asked[-1].name, "comment")
        label = dict(words.COMMENT)
        reading.ask(page, question, name, "long_text", label=label)
        reading.know(question, Variable(name), "comment")


def _other(question: LimeQuestion, choices: Choices, codes: dict[str, str]) -> dict[str, Any]:
    """The choice "other" and the words it asks for."""
    if not question.other:
        return {}
    taken = {choice["name"] for choice in choices}
    if "other" not in taken:
        label = question.texts.get("other_replace_text") or words.OTHER
        choices.append({"name": "other", "label": dict(label)})
    codes["-oth-"] = "other"
    return {"other": dict(words.SPECIFY)}


def ask_several(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """Boxes to tick; 'P' asks for a comment on each that is ticked."""
    choices, codes = choices_from(labelled(question.lines))
    name = reading.name(question)
    fields = {"choices": choices} | _other(question, choices, codes) | _how_many(question, codes)
    reading.ask(page, question, name, "several_choices", **shared(question), **fields)
    reading.carry(question.lines)
    reading.know(question, Variable(name, is_several=True))
    for line in question.lines:
        reading.know(question, Variable(name, choice=codes[line.code]), line.code)
        _lose_line_rule(reading, line)
        if question.type == "P":
            _ask_comment(reading, page, question, name, line, codes[line.code])


def _ask_comment(
    reading: Reading, page: Page, question: LimeQuestion, whole: str, line: Line, choice: str
) -> None:
    name = reading.part_name(whole, f"{line.code}_comment")
    asked = reading.ask(page, question, name, "short_text", label=dict(line.label))
    asked.fields |= {"hint": dict(words.COMMENT), "max_length": 1_000}
    asked.relevant.append(Rule(f"selected(${{{whole}}}, '{choice}')", line.place))
    reading.know(question, Variable(name), f"{line.code}comment")


def _how_many(question: LimeQuestion, codes: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for ours, theirs in (("minimum", "min_answers"), ("maximum", "max_answers")):
        value = question.attribute(theirs)
        if value.isdecimal() and 0 < int(value) <= len(codes):
            fields[ours] = int(value)
    if (alone := question.attribute("exclude_all_others")) in codes:
        fields["exclusive"] = codes[alone]
    return fields


def ask_ranking(reading: Reading, page: Page, question: LimeQuestion) -> None:
    choices, codes = choices_from(labelled(question.answers or question.lines))
    most = question.attribute("max_answers")
    places = {"places": int(most)} if most.isdecimal() and int(most) else {}
    _ask_plain(reading, page, question, "ranking", codes, choices=choices, **places)
    reading.carry(question.answers)
    reading.carry(question.lines)


def ask_equation(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """A value worked out; lost when it cannot be said in our terms."""
    source = question.attribute("equation") or question.label["fr"] or question.label["en"]
    source = source.strip().removeprefix("{").removesuffix("}")
    name = reading.name(question)
    try:
        calculation = translate(source, reading.variables)
    except NotTranslatedError:
        reading.draft.lose(question.place, "rule", name=question.code, rule=source)
        reading.draft.gone.add(name)
        return
    fields = {"label": text(name, name), "calculation": calculation or "1"}
    reading.ask(page, question, name, "calculated", **fields)
    reading.know(question, Variable(name))


def lose_question(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """Lists a question of a type that we do not have, and its lines with it."""
    words = {side: question.label[side][:200] for side in ("fr", "en")}
    params = {"type": question.type, "name": question.code, **words}
    kind: LossKind = "hidden" if question.attribute("hidden") == "1" else "question_type"
    for place in (question.place, *(line.place for line in (*question.lines, *question.answers))):
        reading.draft.lose(place, kind, **params)


def _lose_line_rule(reading: Reading, line: Line) -> None:
    """A condition on one box alone has no equal."""
    if line.relevance not in ("", "1"):
        reading.draft.lose(line.place, "rule", name=line.code, rule=line.relevance)
