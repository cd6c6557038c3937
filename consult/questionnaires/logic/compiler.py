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
from consult.questionnaires.logic.parser import OPERATORS, ROOT, LogicParser
from consult.questionnaires.logic.rules import REFERENCE, Rule, references

#: How deep an expression may nest, in operators and functions.
DEEPEST = 100

#: How many problems are told at once: reading a hostile form has an end.
MOST_PROBLEMS = 100

_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")
#: Two characters that a definition may hold and XML may not.
_NO_XML = re.compile("[\ufffe\uffff]")
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
    """Source to what elementpath evaluates, and the problems of the others, the first 100.

    ``names`` are those of the questions that keep an answer. A problem is 'unknown_reference' or
    'unsupported_function' (``name``), or 'bad_expression'.
    """
    refused = {rule: fault for rule in rules if (fault := _fault_of_source(rule.source, names))}
    sound = dict.fromkeys(rule.source for rule in rules if rule not in refused)
    xpaths = _as_xpath(sound, names)
    tokens: dict[str, XPathToken] = {}
    problems: list[Problem] = []
    for rule in rules:
        try:
            if rule in refused:
                raise refused[rule]
            if rule.source not in tokens:
                tokens[rule.source] = _parsed(xpaths[rule.source])
            _refuse_unfit(tokens[rule.source], rule)
        except _RefusedError as fault:
            problems.append(_problem(rule, fault))
            if len(problems) == MOST_PROBLEMS:
                break
    return tokens, problems


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
    has_reference_in_text = references(source) != references(bare)
    if "${" in outside or "/" in outside or has_reference_in_text or _NO_XML.search(source):
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
    return {source: found[f"/{ROOT}/_{number}"] for number, source in numbered.items()}


def _binds(children: list[Mapping[str, object]]) -> dict[str, str]:
    """The path of each value to its calculation, as the form that pyxform makes binds them."""
    from pyxform.builder import create_survey_element_from_dict  # slow to import

    form = {name: ROOT for name in ("name", "id_string", "title", "sms_keyword")}
    survey = create_survey_element_from_dict({"type": "survey", **form, "children": children})
    tree = ElementTree.fromstring(survey.to_xml(validate=False, pretty_print=False))  # noqa: S314
    binds = tree.iter("{http://www.w3.org/2002/xforms}bind")
    return {bind.attrib["nodeset"]: bind.attrib.get("calculate", "") for bind in binds}


def _parsed(xpath: str) -> XPathToken:
    """What elementpath evaluates; refuses what is no expression, or nests too deep."""
    try:
        token = LogicParser().parse(xpath)
    except (ElementPathError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
        raise _RefusedError("bad_expression") from error
    if _depth(token) > DEEPEST:
        raise _RefusedError("bad_expression")
    return token


def _depth(token: XPathToken) -> int:
    depth, level = 0, [token]
    while level:
        depth, level = depth + 1, [part for parent in level for part in parent]
    return depth


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
    """True for '/_data/name', the only path that pyxform makes."""
    return token.source.count("/") == 2 and token.source.startswith(f"/{ROOT}/")


def columns_read(token: XPathToken) -> frozenset[str]:
    """The columns of a choice that a choice filter reads."""
    if token.symbol == "/":
        return frozenset()
    own = frozenset({str(token.value)} if token.symbol == "(name)" else ())
    return own.union(*(columns_read(part) for part in token))
