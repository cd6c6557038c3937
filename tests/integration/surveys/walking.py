"""Answering page after page without JavaScript, the way a browser's form would send it."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from consult.questionnaires import Answer, Question, Section


def shown_on(page: BeautifulSoup) -> set[str]:
    """The names of the questions, rows, headings and notes that a page lets people see."""
    return {
        str(tag["data-question"])
        for tag in page.select("[data-question]")
        if not tag.has_attr("hidden") and not any(p.has_attr("hidden") for p in tag.parents)
    }


def names_on(section: Section) -> set[str]:
    """Everything that a section may show."""
    declared = [question for question in section.questions if question.is_shown]
    parts = [part for question in declared for part in question.parts]
    return {question.name for question in [*declared, *parts]}


def form_data(
    section: Section, answers: Mapping[str, Answer], page: BeautifulSoup
) -> dict[str, Any]:
    """The fields of the page's form once ``answers`` are given to the questions it shows."""
    form = page.find("form", id="questions")
    assert isinstance(form, Tag)
    data: dict[str, Any] = {
        str(tag["name"]): str(tag.get("value", ""))
        for tag in form.select("input[type=hidden]")
        if tag["name"] != "shown"
    }
    shown = shown_on(page)
    data["shown"] = sorted(shown)
    for question in section.answerable:
        if question.name in shown and question.name in answers:
            data |= _fields(question, answers[question.name])
    return data


def _fields(question: Question, answer: Answer) -> dict[str, Any]:
    name = f"q_{question.name}"
    if question.type == "date":
        year, month, day = str(answer).split("-")
        return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    if question.type == "ranking" and isinstance(answer, list):
        return {f"{name}-{choice}": str(rank) for rank, choice in enumerate(answer, 1)}
    return {name: answer if isinstance(answer, list) else str(answer)}
