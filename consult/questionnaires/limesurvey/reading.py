"""What is known while a survey is read: its draft, and what each of its names stands for."""

import re
from dataclasses import dataclass, field
from typing import Any

from consult.questionnaires.importing import (
    Asked,
    Draft,
    Names,
    Page,
    Place,
    Renamed,
    Rule,
    question_name,
    texts_in,
)
from consult.questionnaires.limesurvey.expressions import (
    NotTranslatedError,
    Variable,
    translate,
)
from consult.questionnaires.limesurvey.survey import LimeQuestion, Line

_BRACES = re.compile(r"\{(?!\s)([^{}]+)\}")


@dataclass
class Reading:
    """The draft under way. ``variables`` lead from the file's names to what we ask."""

    draft: Draft
    survey_id: str
    names: Names = field(default_factory=Names)
    variables: dict[str, Variable] = field(default_factory=dict)
    _waiting: list[tuple[Page | Asked, str, Place]] = field(default_factory=list)

    def ask(
        self, page: Page, question: LimeQuestion, name: str, type_name: str, **fields: Any
    ) -> Asked:
        """Puts a question on a page, shown when the file's question is."""
        asked = Asked(question.place, {"name": name, "type": type_name, **fields})
        page.asked.append(asked)
        self.draft.rows.add(question.place)
        self.when(asked, question.relevance, question.place)
        return asked

    def when(self, shown: Page | Asked, expression: str, place: Place) -> None:
        """Shows something under a condition, to be translated once all names are known."""
        if expression not in ("", "1"):
            self._waiting.append((shown, expression, place))

    def name(self, question: LimeQuestion) -> str:
        """The name of a question, from its code."""
        name = self.names.give(question_name(question.code))
        if name != question.code:
            self.draft.renamed.append(Renamed(question.place, question.code, name))
        return name

    def part_name(self, whole: str, code: str) -> str:
        """The name of a question made from a line of another."""
        return self.names.give(f"{whole}_{question_name(code)}")

    def know(self, question: LimeQuestion, variable: Variable, suffix: str = "") -> None:
        """Remembers what a code, or a code with that of a line, stands for."""
        field_name = f"{self.survey_id}X{question.gid}X{question.id}{suffix}"
        self.variables[field_name] = variable
        code = f"{question.code}_{suffix}" if suffix else question.code
        self.variables.setdefault(code, variable)

    def carry(self, lines: list[Line]) -> list[Place]:
        places = [line.place for line in lines]
        self.draft.rows.update(places)
        return places

    def translate_all(self) -> None:
        """Writes every condition in our terms; one that has no equal is listed."""
        for shown, expression, place in self._waiting:
            try:
                words = translate(expression, self.variables)
            except NotTranslatedError:
                self.draft.lose(place, "rule", name="", rule=expression)
                continue
            if words:
                shown.relevant.append(Rule(words, place))
        for page in self.draft.pages:
            self._translate_texts(page.place, [page.title, page.intro])
            for asked in page.asked:
                self._translate_texts(asked.place, asked.fields)

    def _translate_texts(self, place: Place, holder: object) -> None:
        """What a text says of an answer, '{CODE}', in our way; the rest in braces is listed."""
        for words in texts_in(holder):
            for side in ("fr", "en"):
                words[side] = self._with_answers(place, words[side])

    def _with_answers(self, place: Place, words: str) -> str:
        def told(found: re.Match[str]) -> str:
            variable = self.variables.get(found[1].split(".")[0])
            is_name = re.fullmatch(r"[\w.]+", found[1])
            if variable and is_name and not variable.choice:
                return f"${{{variable.name}}}"
            self.draft.lose(place, "text_reference", name=found[1][:80])
            return "…"

        return _BRACES.sub(told, words)
