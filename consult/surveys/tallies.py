"""Published results: how often each answer to each closed question was given."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.questionnaires import Choice, Question, Text
from consult.surveys.models import Consultation
from consult.surveys.queries import answer_counts
from consult.surveys.suppression import THRESHOLD, hidden_cells


@dataclass(frozen=True)
class Cell:
    """One answer on offer; its count and its share (0 to 1) of those who answered, or None."""

    name: str
    label: Text
    count: int | None
    share: float | None


@dataclass(frozen=True)
class QuestionTally:
    """What people answered to one closed question; ``base`` is how many did, None if too few."""

    question: Question
    base: int | None
    cells: tuple[Cell, ...]

    @property
    def top(self) -> Cell | None:
        """The answer given most often, when it is shown and alone at the top."""
        first, *others = sorted(self.cells, key=lambda cell: -(cell.count or 0))
        alone = bool(first.count) and all((cell.count or 0) < (first.count or 0) for cell in others)
        return first if alone else None


def tallies(consultation: Consultation) -> list[QuestionTally]:
    """Every closed question of the latest questionnaire; open answers are never counted here."""
    if consultation.version is None:
        return []
    return [
        tally(
            question,
            answer_counts(consultation, question.name),
            _offered_before(consultation, question),
        )
        for question in consultation.version.questionnaire.questions
        if not question.is_open
    ]


def _offered_before(consultation: Consultation, question: Question) -> list[Choice]:
    """The options of a question that only earlier questionnaires offered, the latest first."""
    known = {option.name for option in question.options}
    offered: dict[str, Choice] = {}
    for version in reversed(consultation.versions):
        earlier = version.questionnaire.question(question.name)
        for option in earlier.options if earlier else ():
            if option.name not in known:
                offered.setdefault(option.name, option)
    return list(offered.values())


def tally(
    question: Question, counts: Iterable[tuple[str, int]], offered_before: Sequence[Choice] = ()
) -> QuestionTally:
    """The published tally of a question.

    Args:
        counts: each distinct answer as text (a list of choices as JSON), and how often it came.
        offered_before: options that the question offers no more, told after its own.
    """
    chosen: Counter[str] = Counter()
    base = 0
    for answer, count in counts:
        base += count
        for name in json.loads(answer) if answer.startswith("[") else [answer]:
            chosen[name] += count
    if base < THRESHOLD:
        return QuestionTally(question, None, ())
    options = (*question.options, *offered_before)
    return QuestionTally(question, base, _cells(question, options, chosen, base))


def _cells(
    question: Question, options: Sequence[Choice], chosen: Counter[str], base: int
) -> tuple[Cell, ...]:
    counts = [chosen[option.name] for option in options]
    exclusive = question.type != "several_choices"
    hidden = hidden_cells(counts, base, exclusive=exclusive)
    return tuple(
        Cell(option.name, option.label, None, None)
        if place in hidden
        else Cell(option.name, option.label, counts[place], counts[place] / base)
        for place, option in enumerate(options)
    )
