"""A set of questions as the widget's script carries it: short, in both languages."""

from collections.abc import Iterable
from typing import Any

from consult.feedback.question_sets.sets import QuestionSet
from consult.feedback.question_sets.tables import tabulate, ways
from consult.questionnaires import Question
from consult.questionnaires.types.scales import Scale

#: How the script shows a question; the numbers are those of ``static/js/widget/form.js``.
LIST, BOXES, TILES, FACES, TEXT, EMAIL = range(6)


def compact(question_set: QuestionSet) -> list[list[Any]]:
    """The questions in order, each as the script reads it.

    ``[name, kind, texts, is_required, options, exclusive, controllers, rows]``. Texts are the label
    in French and English, then the hint; an option is ``[code, French, English]``, without words
    where it has none; ``exclusive`` is the code of the choice that goes alone, or 0; the last two
    are the ``Table`` of its display condition, left out where there is none: each controller is its
    place among the questions and what its digit is multiplied by.

    Raises:
        NotForWidgetError: the widget cannot ask them.
    """
    tables = tabulate(question_set)
    questions = {question.name: question for question in question_set.section.questions}
    told = []
    for question in questions.values():
        parts = [
            question.name,
            _kind(question_set, question),
            _texts(question),
            int(question.required and question.type != "several_choices"),
            _options(question),
            getattr(question, "exclusive", None) or 0,
        ]
        if table := tables.get(question.name):
            parts += [
                _digits([questions[name] for name in table.controllers], questions),
                table.rows,
            ]
        told.append(parts)
    return told


def _digits(controllers: list[Question], questions: Iterable[str]) -> list[list[int]]:
    """Place and factor of each controller, in the order of the table's digits."""
    places = {name: place for place, name in enumerate(questions)}
    digits: list[list[int]] = []
    factor = 1
    for controller in reversed(controllers):
        digits.insert(0, [places[controller.name], factor])
        factor *= len(ways(controller))
    return digits


def _kind(question_set: QuestionSet, question: Question) -> int:
    if question.is_open:
        return TEXT
    if isinstance(question, Scale):
        return TILES
    if question.name == question_set.faces:
        return FACES
    return BOXES if question.type == "several_choices" else LIST


def _texts(question: Question) -> list[str]:
    texts = [question.label, *([question.hint] if question.hint else [])]
    return [text.in_language(lang) for text in texts for lang in ("fr", "en")]


def _options(question: Question) -> list[list[object]]:
    if not isinstance(question, Scale):
        return [
            [option.name, option.label.in_language("fr"), option.label.in_language("en")]
            for option in question.options
        ]
    ends = {question.first: question.low, question.last: question.high}
    words = dict(zip(question.values, question.steps, strict=True)) if question.steps else ends
    return [
        [step, *(words[step].in_language(lang) for lang in ("fr", "en") if step in words)]
        for step in question.values
    ]


#: The field of who wants an answer, where the service asks for it: no question of the set.
CONTACT: list[Any] = [
    "contact",
    EMAIL,
    [
        "Courriel, pour vous répondre",
        "Email, to answer you",
        "",
        "",
        "Écrivez-le comme nom@exemple.ca.",
        "Write it like name@example.ca.",
    ],
    0,
    [],
    0,
]
