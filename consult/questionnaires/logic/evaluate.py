"""The logic of one questionnaire: what is shown, kept and refused, given answers."""

from collections.abc import Mapping
from datetime import date

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.errors import AnswerError, DefinitionError
from consult.questionnaires.logic.checking import fault_of
from consult.questionnaires.logic.compiler import columns_read, compile_rules
from consult.questionnaires.logic.outcome import Outcome
from consult.questionnaires.logic.places import in_order, page_key, places_of
from consult.questionnaires.logic.rules import references, rules_of, unknown_in_texts
from consult.questionnaires.logic.sheet import Sheet
from consult.questionnaires.types import Answer, Calculated, Choice, Hidden, Question


class Logic:
    """Compiled once for a questionnaire, then asked for the outcome of any answers.

    Raises ``DefinitionError`` with every problem of the expressions ('bad_expression',
    'unknown_reference', 'unsupported_function') and of the ``${name}`` in texts
    ('unknown_reference'), or else with 'circular'.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        names = frozenset(question.name for question in questionnaire.questions)
        rules = list(rules_of(questionnaire))
        self._tokens, problems = compile_rules(rules, names)
        if problems := [*problems, *unknown_in_texts(questionnaire, names)]:
            raise DefinitionError(problems)
        self._places = places_of(questionnaire)
        self._order = in_order(self._places)
        self._sections = tuple(section.name for section in questionnaire.sections)
        self._read = sorted({name for rule in rules for name in references(rule.source)})

    def outcome(self, answers: Mapping[str, Answer], today: date) -> Outcome:
        """What ``answers``, normalised and by question name, lead to on the day ``today``."""
        sheet = Sheet(self._read, today)
        relevant: set[str] = set()
        kept: dict[str, Answer] = {}
        for key in self._order:
            place = self._places[key]
            if not (relevant.issuperset(place.within) and self._holds(place.relevant, sheet)):
                continue
            relevant.add(key)
            if place.question is None:
                continue
            answer = self._kept(place.question, answers.get(key), sheet)
            if answer is not None:
                kept[key] = answer
                sheet.write(key, answer)
        return self._told(relevant, kept, sheet)

    def _holds(self, source: str, sheet: Sheet, itself: Answer = None) -> bool:
        return not source or sheet.is_true(self._tokens[source], itself)

    def _kept(self, question: Question, answer: Answer, sheet: Sheet) -> Answer:
        """What a relevant question keeps; a blank is no answer."""
        if not question.takes_answer:
            return None
        if isinstance(question, Calculated):
            return sheet.text(self._tokens[question.calculation], answer)
        if isinstance(question, Hidden):
            answer = answer or question.value
        return None if answer in ("", []) else answer

    def _told(self, relevant: set[str], kept: dict[str, Answer], sheet: Sheet) -> Outcome:
        places = [place for key, place in self._places.items() if key in relevant]
        shown = {p.question.name: p for p in places if p.question and p.question.is_shown}
        pages = {place.within[0] for place in shown.values()}
        asked = [p.question for p in shown.values() if p.question and p.question.takes_answer]
        choices = {q.name: self._offer(q, sheet) for q in asked if _choice_filter(q)}
        required = frozenset(
            q.name
            for q in asked
            if choices.get(q.name) != frozenset() and self._is_required(q, sheet)
        )
        faults = {
            q.name: self._fault(q, kept.get(q.name), choices.get(q.name), required, sheet)
            for q in asked
        }
        return Outcome(
            visible=frozenset(shown),
            sections=tuple(name for name in self._sections if page_key(name) in pages),
            answers={key: kept[key] for key in self._places if key in kept},
            errors={name: fault for name, fault in faults.items() if fault},
            choices=choices,
            required=required,
        )

    def _is_required(self, question: Question, sheet: Sheet) -> bool:
        return question.required or bool(
            question.required_if and self._holds(question.required_if, sheet)
        )

    def _offer(self, question: Question, sheet: Sheet) -> frozenset[str]:
        """The names of the choices that the filter keeps; each set of columns is asked once."""
        token = self._tokens[_choice_filter(question)]
        read = sorted(columns_read(token))
        held: dict[tuple[str, ...], bool] = {}
        offer = set()
        for choice in question.options:
            columns = {name: _column(choice, name) for name in read}
            values = tuple(columns.values())
            if values not in held:
                held[values] = sheet.is_true_of(token, columns)
            if held[values]:
                offer.add(choice.name)
        return frozenset(offer)

    def _fault(
        self,
        question: Question,
        answer: Answer,
        offer: frozenset[str] | None,
        required: frozenset[str],
        sheet: Sheet,
    ) -> AnswerError | None:
        if answer is None:
            return AnswerError("required") if question.name in required else None
        if fault := fault_of(question, answer, offer):
            return fault
        holds = self._holds(question.constraint, sheet, answer)
        return None if holds else AnswerError("constraint")


def _choice_filter(question: Question) -> str:
    return getattr(question, "choice_filter", "")


def _column(choice: Choice, name: str) -> str:
    own = {"name": choice.name, "label": choice.label.in_language("fr")}
    return choice.columns.get(name, own.get(name, ""))
