"""A draft at a glance: its pages, its questions, and the texts that lack a language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from consult.questionnaires import Text
from consult.questionnaires.text_places import TextPlace
from consult.surveys.builder.document import Definition

#: Types that nobody answers.
NOT_ASKED = frozenset({"heading", "note", "calculated", "hidden"})


class UnfinishedText(NamedTuple):
    """A text without its side ``lang``, or (``stale``) with that side older than the other.

    ``field`` leads to it in the form of its page or question: 'choices-2-label-en'.
    """

    place: TextPlace
    lang: str
    stale: bool
    field: str


@dataclass(frozen=True)
class QuestionLine:
    """A question in the list of a page; ``unfinished`` are its texts that lack a language."""

    name: str
    kind: str
    label: Text
    required: bool
    relevant: str
    unfinished: tuple[UnfinishedText, ...]


@dataclass(frozen=True)
class PageLine:
    """A page in the list; ``unfinished`` are its own texts, not those of its questions."""

    name: str
    title: Text
    relevant: str
    unfinished: tuple[UnfinishedText, ...]
    questions: tuple[QuestionLine, ...] = field(default=())


def outline(definition: Definition) -> list[PageLine]:
    """The pages of a draft, in order."""
    return [_page_line(page) for page in definition["sections"]]


def _page_line(page: Definition) -> PageLine:
    return PageLine(
        name=page["name"],
        title=Text(**page["title"]),
        relevant=page["relevant"],
        unfinished=tuple(_in_page(page)),
        questions=tuple(
            QuestionLine(
                name=question["name"],
                kind=question["type"],
                label=Text(**question["label"]),
                required=bool(question.get("required")),
                relevant=question.get("relevant", ""),
                unfinished=tuple(_in_question(page, question)),
            )
            for question in page["questions"]
        ),
    )


def asked_count(definition: Definition) -> int:
    """How many questions people answer; a matrix is one, a heading or a value not shown is none."""
    return sum(kind not in NOT_ASKED for kind in types_in(definition))


def types_in(definition: Definition) -> list[str]:
    """The type of every question, in order."""
    return [question["type"] for page in definition["sections"] for question in page["questions"]]


def unfinished_texts(definition: Definition) -> Iterator[UnfinishedText]:
    """Every text of a draft that lacks a language, in order."""
    yield from _sides(definition["title"], TextPlace("questionnaire"), "title")
    for page in outline(definition):
        yield from page.unfinished
        for question in page.questions:
            yield from question.unfinished


def _in_page(page: Definition) -> Iterator[UnfinishedText]:
    for kind in ("title", "intro"):
        place = TextPlace(kind, Text(**page["title"]), page_name=page["name"])
        yield from _sides(page[kind], place, kind)


def _in_question(page: Definition, question: Definition) -> Iterator[UnfinishedText]:
    place = TextPlace(
        "", Text(**page["title"]), Text(**question["label"]), None, page["name"], question["name"]
    )
    for kind, value in question.items():
        yield from _sides(value, place._replace(kind=kind), kind)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                text, item_field = item.get("label", item), f"{kind}-{index}-label"
                words = Text(**text) if text["fr"] or text["en"] else None
                here = place._replace(kind=kind, item=words or _named(item, index))
                yield from _sides(text, here, kind if text is item else item_field)


def _named(item: Mapping[str, Any], index: int) -> Text:
    name = item.get("name") or str(index + 1)
    return Text(fr=name, en=name)


def _sides(text: Any, place: TextPlace, field_name: str) -> Iterator[UnfinishedText]:
    if not isinstance(text, dict) or not {"fr", "en"} <= text.keys():
        return
    for lang in ("fr", "en"):
        stale = text.get("stale") == lang
        if stale or not text[lang].strip():
            inner = field_name if field_name == "steps" else f"{field_name}-{lang}"
            yield UnfinishedText(place, lang, stale, inner)
