"""From XLSForm expressions to XPath that elementpath evaluates, or what is wrong with them.

pyxform turns ``${name}`` into paths; elementpath reads the XPath. An expression is written by
anyone who may import a form: what it may say and how deep it nests is bounded before it runs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from elementpath import ElementPathError
from elementpath.xpath_tokens import XPathToken

from consult.questionnaires.errors import Problem
from consult.questionnaires.logic import dates, functions  # noqa: F401 (they register)
from consult.questionnaires.logic.parser import OPERATORS, LogicParser
from consult.questionnaires.logic.rules import REFERENCE, Rule, references

#: How deep an expression may nest, in operators and functions.
DEEPEST = 100

_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"([^\W\d][\w.:-]*)\s*\(")
_WORDS = frozenset((*OPERATORS, "mod"))
_FUNCTIONS = frozenset(
    symbol for symbol, token in LogicParser.symbol_table.items() if token.label == "function"
)
#: Functions that read the answer itself, and those that do when they have no argument.
_READS_ITSELF = ("once",)
_MAY_READ_ITSELF = ("string", "number", "string-length", "normalize-space")


class _RefusedError(ValueError):
    """An expression is refused, with the code and the name of its problem."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


def compile_rules(
    rules: Sequence[Rule], names: frozenset[str]
) -> tuple[dict[str, XPathToken], list[Problem]]:
    """Source to what elementpath evaluates, and the problems of the others, in their order.

    ``names`` are those of the questions that keep an answer. A problem is 'unknown_reference' or
    'unsupported_function' (``name``), or 'bad_expression'.
    """
    faults = {rule: fault for rule in rules if (fault := _fault_of_source(rule.source, names))}
    sources = dict.fromkeys(rule.source for rule in rules if rule not in faults)
    tokens = {source: _parsed(xpath) for source, xpath in _as_xpath(sources, names).items()}
    for rule in rules:
        if rule not in faults and (fault := _fault_of_tree(rule, tokens[rule.source])):
            faults[rule] = fault
    compiled = {source: token for source, token in tokens.items() if token is not None}
    return compiled, [_problem(rule, faults[rule]) for rule in rules if rule in faults]


def _problem(rule: Rule, fault: _RefusedError) -> Problem:
    return Problem(rule.path, fault.code, {"name": fault.name} if fault.name else {})


def _fault_of_source(source: str, names: frozenset[str]) -> _RefusedError | None:
    """What can be told before anything is compiled."""
    bare = _TEXTS.sub("''", source)
    if unknown := references(source) - names:
        return _RefusedError("unknown_reference", min(unknown))
    outside = REFERENCE.sub(" ", bare)
    if foreign := set(_CALL.findall(outside)) - _WORDS - _FUNCTIONS:
        return _RefusedError("unsupported_function", min(foreign))
    if "${" in outside or "/" in outside or references(source) != references(bare):
        return _RefusedError("bad_expression")
    return None


def _as_xpath(sources: Iterable[str], names: frozenset[str]) -> dict[str, str]:
    """Each source as XPath, by pyxform: every name and every expression is a value of a form."""
    numbered = dict(enumerate(sources))
    if not any(references(source) for source in numbered.values()):
        return {source: source for source in numbered.values()}
    used = {name for source in numbered.values() for name in references(source) & names}
    values = [{"type": "calculate", "name": name} for name in sorted(used)]
    binds = [
        {"type": "calculate", "name": f"_{number}", "bind": {"calculate": source}}
        for number, source in numbered.items()
    ]
    found = _binds([*values, *binds])
    return {source: found[f"/data/_{number}"] for number, source in numbered.items()}


def _binds(children: list[Mapping[str, object]]) -> dict[str, str]:
    """The path of each value to its calculation, as the form that pyxform makes binds them."""
    from pyxform.builder import create_survey_element_from_dict  # slow to import

    form = {"type": "survey", "name": "data", "id_string": "data", "title": "data"}
    survey = create_survey_element_from_dict({**form, "sms_keyword": "data", "children": children})
    tree = ElementTree.fromstring(survey.to_xml(validate=False, pretty_print=False))  # noqa: S314
    binds = tree.iter("{http://www.w3.org/2002/xforms}bind")
    return {bind.attrib["nodeset"]: bind.attrib.get("calculate", "") for bind in binds}


def _parsed(xpath: str) -> XPathToken | None:
    """What elementpath evaluates; None for what is no expression, or nests too deep."""
    try:
        token = LogicParser().parse(xpath)
    except (ElementPathError, ArithmeticError, ValueError, TypeError, RecursionError):
        return None
    return token if _depth(token) <= DEEPEST else None


def _depth(token: XPathToken) -> int:
    depth, level = 0, [token]
    while level:
        depth, level = depth + 1, [part for parent in level for part in parent]
    return depth


def _fault_of_tree(rule: Rule, token: XPathToken | None) -> _RefusedError | None:
    if token is None:
        return _RefusedError("bad_expression")
    try:
        _refuse_unfit(token, rule)
    except _RefusedError as fault:
        return fault
    return None


def _refuse_unfit(token: XPathToken, rule: Rule) -> None:
    """Raises for a path that is no answer, a bare name that is no column, a '.' out of place."""
    if token.symbol == "/":
        if not _is_answer(token):
            raise _RefusedError("bad_expression")
        return
    if token.symbol == "(name)" and token.value not in rule.columns:
        raise _RefusedError("unknown_reference", str(token.value))
    is_wildcard = token.symbol == "*" and len(token) == 0
    if is_wildcard or (_reads_itself(token) and rule.kind not in ("constraint", "calculation")):
        raise _RefusedError("bad_expression")
    for part in token:
        _refuse_unfit(part, rule)


def _reads_itself(token: XPathToken) -> bool:
    bare = token.symbol in _MAY_READ_ITSELF and len(token) == 0 and token.label == "function"
    return bare or token.symbol in (".", *_READS_ITSELF)


def _is_answer(token: XPathToken) -> bool:
    """True for '/data/name', the only path that pyxform makes."""
    return token.source.count("/") == 2 and token.source.startswith("/data/")


def columns_read(token: XPathToken) -> frozenset[str]:
    """The columns of a choice that a choice filter reads."""
    if token.symbol == "/":
        return frozenset()
    own = frozenset({str(token.value)} if token.symbol == "(name)" else ())
    return own.union(*(columns_read(part) for part in token))
