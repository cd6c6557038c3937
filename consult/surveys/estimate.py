"""How long answering takes, from the questionnaire alone."""

import math
from collections.abc import Iterable

from consult.questionnaires import Question, Questionnaire, Text
from consult.questionnaires.types import Matrix, Ranking

#: Words read in a minute. Silent reading of plain text runs at 238 in English and 214 in French
#: (Brysbaert, 2019, Journal of Memory and Language 109); questions are read with more care.
WORDS_PER_MINUTE = 200

#: Options of a list read before choosing; a longer list is searched, not read.
OPTIONS_READ = 12

#: Seconds to think and answer, after reading; our own figures, replaced by measured times as soon
#: as there are enough. A row of a matrix and a place of a ranking count one each.
SECONDS = {
    "short_text": 15,
    "long_text": 60,
    "integer": 8,
    "decimal": 8,
    "date": 12,
    "time": 8,
    "yes_no": 4,
    "one_choice": 5,
    "several_choices": 8,
    "scale": 5,
    "matrix": 5,
    "ranking": 5,
    "region": 5,
    "municipality": 8,
    "postal_code": 8,
    "file": 60,
    "consent": 5,
}


def estimated_minutes(questionnaire: Questionnaire, lang: str) -> int:
    """Whole minutes, rounded up: words to read at ``WORDS_PER_MINUTE``, and ``SECONDS`` by type.

    A question or a page that is asked only of some counts for half.
    """
    seconds = 0.0
    for section in questionnaire.sections:
        share = 0.5 if section.relevant else 1.0
        seconds += share * _reading([section.title, section.intro], lang)
        for question in section.questions:
            part = 0.5 if question.relevant else 1.0
            seconds += share * part * _seconds(question, lang)
    return max(1, math.ceil(seconds / 60))


def _seconds(question: Question, lang: str) -> float:
    times = 1
    labels: list[Text | None] = [question.label, question.hint]
    if isinstance(question, Matrix):
        times = len(question.rows)
        labels += [row.label for row in question.rows]
    elif isinstance(question, Ranking):
        times = question.length
    if not question.is_shown:
        return 0.0
    options = question.options[:OPTIONS_READ] if question.type != "region" else ()
    labels += [option.label for option in options]
    return _reading(labels, lang) + times * SECONDS.get(question.type, 0)


def _reading(texts: Iterable[Text | None], lang: str) -> float:
    """Seconds to read the texts."""
    words = sum(len(text.in_language(lang).split()) for text in texts if text)
    return 60 * words / WORDS_PER_MINUTE
