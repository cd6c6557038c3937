"""From LimeSurvey's tables to matrices, or to a question per line or per cell."""

import copy
from typing import Any

from consult.questionnaires.importing import Names, Page, question_name, text
from consult.questionnaires.limesurvey import words
from consult.questionnaires.limesurvey.expressions import Variable
from consult.questionnaires.limesurvey.questions import (
    choices_from,
    labelled,
    number,
    shared,
    written,
)
from consult.questionnaires.limesurvey.reading import Reading
from consult.questionnaires.limesurvey.survey import LimeQuestion, Line, Texts

#: What a table offers when its file does not say.
_OFFERS = {
    "A": words.numbers(5),
    "B": words.numbers(10),
    "C": words.UNCERTAIN,
    "E": words.CHANGES,
}


def ask_matrix(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """Lines answered on one list: 'A', 'B', 'C', 'E', and 'F' or 'H' with their own."""
    offer = list(_OFFERS.get(question.type, {}).items()) or labelled(question.answers)
    _ask_matrix(reading, page, question, reading.name(question), question.label, offer)
    reading.carry(question.answers)


def ask_two_matrices(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """'1': the same lines on two scales, which are two matrices here."""
    whole = reading.name(question)
    for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
        answers = [answer for answer in question.answers if answer.scale == scale]
        label = _joined(question.label, question.texts.get(header) or text())
        name = reading.names.give(f"{whole}_{scale}")
        _ask_matrix(reading, page, question, name, label, labelled(answers), f"_{scale}")
    reading.carry(question.answers)


def _ask_matrix(
    reading: Reading,
    page: Page,
    question: LimeQuestion,
    name: str,
    label: Texts,
    offer: list[tuple[str, Texts]],
    suffix: str = "",
) -> None:
    choices, codes = choices_from(offer)
    names = Names()
    rows = []
    for line in question.lines:
        row = names.give(question_name(line.code))
        rows.append({"name": row, "label": copy.deepcopy(line.label)})
        reading.names.give(f"{name}_{row}")
        reading.know(question, Variable(f"{name}_{row}", codes=codes), line.code + suffix)
        if line.relevance not in ("", "1"):
            reading.draft.lose(line.place, "rule", name=line.code, rule=line.relevance)
    fields = shared(question) | {"label": dict(label), "rows": rows, "choices": choices}
    asked = reading.ask(page, question, name, "matrix", **fields)
    asked.items["rows"] = reading.carry(question.lines)


def ask_per_line(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """'K' and 'Q': several numbers or texts under one heading."""
    whole = _ask_heading(reading, page, question)
    fields = number(question) if question.type == "K" else written(question)
    if question.attribute("slider_layout") == "1":
        fields |= _slider(question)
    separator = question.attribute("slider_separator")
    for line in question.lines:
        label, hint = _with_ends(line.label, separator)
        own = shared(question) | {"label": label, "hint": hint} | fields
        _ask_part(reading, page, question, whole, line.code, line, own)


def ask_per_cell(reading: Reading, page: Page, question: LimeQuestion) -> None:
    """';' and ':': a text or a number per cell, or boxes to tick per line."""
    whole = _ask_heading(reading, page, question)
    lines = [line for line in question.lines if line.scale == "0"]
    columns = [line for line in question.lines if line.scale == "1"]
    reading.carry(columns)
    if question.attribute("multiflexible_checkbox") == "1":
        return _ask_boxes(reading, page, question, whole, lines, columns)
    fields = written(question) if question.type == ";" else _cell_number(reading, question)
    for line in lines:
        for column in columns:
            label = _joined(line.label, column.label)
            own = {"required": question.mandatory in ("Y", "S"), "label": label} | fields
            code = f"{line.code}_{column.code}"
            _ask_part(reading, page, question, whole, code, line, own)
    return None


def _ask_boxes(
    reading: Reading,
    page: Page,
    question: LimeQuestion,
    whole: str,
    lines: list[Line],
    columns: list[Line],
) -> None:
    for line in lines:
        choices, codes = choices_from(labelled(columns))
        required = question.mandatory in ("Y", "S")
        own = {"label": dict(line.label), "required": required, "choices": choices}
        own["type_name"] = "several_choices"
        name = _ask_part(reading, page, question, whole, line.code, line, own)
        for column in columns:
            ticked = Variable(name, choice=codes[column.code])
            reading.know(question, ticked, f"{line.code}_{column.code}")


def _ask_heading(reading: Reading, page: Page, question: LimeQuestion) -> str:
    name = reading.name(question)
    fields = shared(question) | {"required": False}
    reading.ask(page, question, name, "heading", **fields)
    return name


def _ask_part(
    reading: Reading,
    page: Page,
    question: LimeQuestion,
    whole: str,
    code: str,
    line: Line,
    fields: dict[str, Any],
) -> str:
    """A question of its own for a line or a cell; returns its name."""
    name = reading.part_name(whole, code)
    fields = copy.deepcopy(fields)
    asked = reading.ask(page, question, name, fields.pop("type_name"), **fields)
    asked.place = line.place
    reading.carry([line])
    reading.when(asked, line.relevance, line.place)
    reading.know(question, Variable(name), code)
    return name


def _slider(question: LimeQuestion) -> dict[str, Any]:
    bounds = {"minimum": "slider_min", "maximum": "slider_max"}
    found = {ours: question.attribute(theirs) for ours, theirs in bounds.items()}
    return {ours: value for ours, value in found.items() if value.lstrip("-").isdecimal()}


def _cell_number(reading: Reading, question: LimeQuestion) -> dict[str, Any]:
    """A number of a table; a step other than 1 becomes a rule."""
    low, high, step = (
        question.attribute(f"multiflexible_{name}") for name in ("min", "max", "step")
    )
    fields: dict[str, Any] = {"type_name": "decimal"}
    if low.lstrip("-").isdecimal() and high.lstrip("-").isdecimal():
        fields |= {"type_name": "integer", "minimum": int(low), "maximum": int(high)}
        if step.isdecimal() and int(step) > 1:
            fields["constraint"] = f"(. - {int(low)}) mod {int(step)} = 0".replace("- -", "+ ")
    return fields


def _joined(first: Texts, second: Texts) -> Texts:
    sides = (" – ".join(filter(None, (first[side], second[side]))) for side in ("fr", "en"))
    return text(*sides)


def _with_ends(label: Texts, separator: str) -> tuple[Texts, Texts | None]:
    """'Price|cheap|dear' as its label, and the words at both ends as a hint."""
    if not separator or not any(separator in words for words in label.values()):
        return dict(label), None
    parts = {side: label[side].split(separator) for side in ("fr", "en")}
    hints = {side: " – ".join(filter(None, found[1:])) for side, found in parts.items()}
    return text(parts["fr"][0], parts["en"][0]), text(**hints)
