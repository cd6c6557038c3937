"""Where a text of a questionnaire stands, for those who read the questionnaire, not its names."""

from typing import NamedTuple

from consult.questionnaires import Question, Questionnaire, Section, Text


class TextPlace(NamedTuple):
    """``page`` and ``question`` are its own words, ``item`` those of a choice or a row.

    ``kind`` is what the text is to them: 'title', 'label', 'hint', 'choices', 'rows', 'steps' …
    ``page_name`` and ``question_name`` lead to it; all blank for the questionnaire's title.
    """

    kind: str
    page: Text | None = None
    question: Text | None = None
    item: Text | None = None
    page_name: str = ""
    question_name: str = ""


def text_place(questionnaire: Questionnaire, path: str) -> TextPlace:
    """The place of a path that ``texts_of`` gives: 'about_you.region.label'."""
    section_name, *rest = path.split(".")
    section = next((s for s in questionnaire.sections if s.name == section_name), None)
    if section is None or not rest:
        return TextPlace("questionnaire")
    if len(rest) == 1:
        return TextPlace(rest[0], section.title, page_name=section.name)
    return _in_question(section, rest)


def _in_question(section: Section, rest: list[str]) -> TextPlace:
    name, kind, *item = rest
    question = next(q for q in section.questions if q.name == name)
    words = _item(question, kind, item[0]) if item else None
    return TextPlace(kind, section.title, question.label, words, section.name, name)


def _item(question: Question, kind: str, name: str) -> Text:
    """The words of a choice or a row; its name while it has none, or a step of a scale."""
    labels = {
        item.name: item.label for item in getattr(question, kind, ()) if hasattr(item, "name")
    }
    label = labels.get(name, Text())
    return label if label.fr or label.en else Text(fr=name, en=name)
