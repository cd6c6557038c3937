"""The answers given so far, as the document that expressions are evaluated on."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, SubElement

from elementpath import ElementPathError, XPathContext, get_node_tree
from elementpath.xpath_nodes import XPathNode
from elementpath.xpath_tokens import XPathToken

from consult.questionnaires.logic.parser import ROOT
from consult.questionnaires.logic.values import LONGEST, Value, plain, text_of, truth_of
from consult.questionnaires.types import Answer

#: What an evaluation may raise when the answers are not of the types it expects.
_FAILURES = (ElementPathError, ArithmeticError, ValueError, TypeError, RecursionError)


class Sheet:
    """Answers to ``names``, blank until they are written; ``today`` is a day in Québec.

    An expression that cannot be evaluated is false, or blank.
    """

    def __init__(self, names: Iterable[str], today: date) -> None:
        root = Element(ROOT)
        self._cells = {name: SubElement(root, name) for name in names}
        self._context = XPathContext(root, current_dt=datetime.combine(today, time()))

    def write(self, name: str, answer: Answer) -> None:
        """Puts an answer down, for the expressions evaluated from now on."""
        if name in self._cells:
            self._cells[name].text = as_text(answer)

    def is_true(self, expression: XPathToken, itself: Answer = None) -> bool:
        """Whether it holds; ``itself`` is what '.' stands for."""
        return truth_of(self._value(expression, as_text(itself)))

    def text(self, expression: XPathToken, itself: Answer = None) -> str | None:
        """Its value as text; None for no text, no number, or too long a one."""
        text = text_of(self._value(expression, as_text(itself)))
        none = ("", "NaN", "Infinity", "-Infinity")
        return None if text in none or len(text) > LONGEST else text

    def is_true_of(self, expression: XPathToken, columns: Mapping[str, str]) -> bool:
        """Whether it holds for a choice with these columns."""
        choice = Element("choice")
        for name, value in columns.items():
            SubElement(choice, name).text = value
        return truth_of(self._value(expression, get_node_tree(choice)))

    def _value(self, expression: XPathToken, item: str | XPathNode) -> Value:
        context = copy(self._context)
        context.item = item
        try:
            return plain(next(expression.select(context), None))
        except _FAILURES:
            return ""


def as_text(answer: Answer) -> str:
    """An answer as XLSForm writes it: names with a space between them."""
    return " ".join(answer) if isinstance(answer, list) else "" if answer is None else str(answer)
