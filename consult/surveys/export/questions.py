"""The questions of a consultation as all the versions of its questionnaire together ask them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.questionnaires import Choice, Question, Questionnaire, Section, Text


@dataclass(frozen=True)
class AskedQuestion:
    """One question that keeps an answer, as the latest version that has it words it.

    ``text`` holds the words of the matrix before those of a row; ``options`` are every choice that
    a version offered, the latest version's first; ``places`` how many a ranking can have;
    ``relevant`` the conditions under which it is shown, page and matrix included.
    """

    question: Question
    text: Text
    page: Text
    options: tuple[Choice, ...]
    places: int
    versions: tuple[int, ...]
    relevant: str

    @property
    def name(self) -> str:
        return self.question.name


def asked_questions(versions: Sequence[tuple[int, Questionnaire]]) -> tuple[AskedQuestion, ...]:
    """Every question of every version, once.

    Args:
        versions: number and questionnaire, the oldest first.

    Returns:
        Those of the latest version in its order, then those only earlier ones had, the last
        removed first.
    """
    found: dict[str, list[tuple[int, Section, Question, Question]]] = {}
    for number, questionnaire in reversed(versions):
        for section, declared, question in _answerable(questionnaire):
            found.setdefault(question.name, []).append((number, section, declared, question))
    return tuple(_asked(seen) for seen in found.values())


def _answerable(questionnaire: Questionnaire) -> Iterator[tuple[Section, Question, Question]]:
    for section in questionnaire.sections:
        for declared in section.questions:
            for question in declared.answerable:
                yield section, declared, question


def _asked(seen: list[tuple[int, Section, Question, Question]]) -> AskedQuestion:
    """``seen``: version number, page, declared question and question, the latest first."""
    _number, section, declared, question = seen[0]
    options: dict[str, Choice] = {}
    for *_place, earlier in seen:
        for option in earlier.options:
            options.setdefault(option.name, option)
    conditions = dict.fromkeys((section.relevant, declared.relevant, question.relevant))
    return AskedQuestion(
        question=question,
        text=question.label if question is declared else joined(declared.label, question.label),
        page=section.title,
        options=tuple(options.values()),
        places=max(getattr(earlier, "length", 0) for *_place, earlier in seen),
        versions=tuple(sorted(number for number, *_rest in seen)),
        relevant=" and ".join(f"({condition})" for condition in conditions if condition),
    )


def joined(first: Text, second: Text) -> Text:
    """Two texts as one, side by side in each language."""
    sides = {
        lang: " – ".join(filter(None, (first.in_language(lang), second.in_language(lang))))
        for lang in ("fr", "en")
    }
    return Text(**sides)
