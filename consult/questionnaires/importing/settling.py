"""From a draft to a questionnaire: what cannot be carried leaves it, and is listed."""

import re
from collections.abc import Sequence

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.errors import DefinitionError, Problem
from consult.questionnaires.importing.draft import RULES, Asked, Draft, Page, Rule, texts_in
from consult.questionnaires.importing.outcome import (
    Fault,
    Import,
    ImportRefusedError,
    LossKind,
    Place,
)
from consult.questionnaires.parsing import parse_questionnaire
from consult.questionnaires.types import QUESTION_TYPES

#: How often a draft is mended before it is given up: reading a hostile file has an end.
MOST_ROUNDS = 8

_ONLY_READ = {name for name, cls in QUESTION_TYPES.items() if not cls.takes_answer}

_REFERENCE = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_PATH = re.compile(r"sections\[(\d+)\](?:\.questions\[(\d+)\])?\.?(.*)")
_ITEM = re.compile(r"(choices|rows)\[(\d+)\]\.?(\w*)")


def settle(draft: Draft) -> Import:
    """The questionnaire of a draft; raises ``ImportRefusedError`` for what is plainly wrong.

    Rules that speak of what is lost, or that we cannot evaluate, are listed and left out, and so
    are pages without a question.
    """
    draft.gone |= {asked.name for asked in draft.asked if asked.fields["type"] in _ONLY_READ}
    for _round in range(MOST_ROUNDS):
        _drop_orphans(draft)
        _drop_empty_pages(draft)
        if not draft.asked:
            raise ImportRefusedError(_nothing_left(draft))
        try:
            questionnaire = parse_questionnaire(draft.definition())
        except DefinitionError as error:
            problems = error.problems
            _drop_unsupported(draft, problems)
        else:
            return _outcome(draft, questionnaire)
    raise ImportRefusedError([_fault(draft, problem) for problem in problems])


def _nothing_left(draft: Draft) -> list[Fault]:
    """Why there is nothing to ask: each question that cannot be, or that there is none."""
    lost = [loss for loss in draft.losses if "type" in loss.params]
    return [Fault(loss.place, "not_carried", {"type": loss.params["type"]}) for loss in lost] or [
        Fault(Place(), "no_questions")
    ]


def _outcome(draft: Draft, questionnaire: Questionnaire) -> Import:
    losses = sorted(draft.losses, key=lambda loss: (loss.place.sheet, loss.place.row))
    return Import(questionnaire, tuple(losses), tuple(draft.renamed), frozenset(draft.rows))


def _drop_empty_pages(draft: Draft) -> None:
    for page in draft.pages:
        if not page.asked:
            draft.lose(page.place, "empty_page")
    draft.pages = [page for page in draft.pages if page.asked]


def _drop_orphans(draft: Draft) -> None:
    """Takes away the rules that speak of what is gone, and the values worked out from it."""
    _widen_gone(draft)
    for page in draft.pages:
        page.relevant = _without_orphans(draft, page.relevant)
        for asked in list(page.asked):
            asked.relevant = _without_orphans(draft, asked.relevant)
            for name in RULES:
                if gone := _gone(draft, asked.fields.get(name, "")):
                    _drop_rule(draft, page, asked, name, "reference", gone)
    _clear_texts(draft)


def _widen_gone(draft: Draft) -> None:
    """Adds to what is gone the values worked out from it, and from those, and so on."""
    users: dict[str, list[str]] = {}
    for asked in draft.asked:
        for name in _REFERENCE.findall(asked.fields.get("calculation", "")):
            users.setdefault(name, []).append(asked.name)
    waiting = list(draft.gone)
    while waiting:
        found = [name for name in users.get(waiting.pop(), ()) if name not in draft.gone]
        draft.gone.update(found)
        waiting += found


def _gone(draft: Draft, expression: str) -> str:
    """A name that ``expression`` speaks of and that is gone; empty when there is none."""
    return next((name for name in _REFERENCE.findall(expression) if name in draft.gone), "")


def _without_orphans(draft: Draft, rules: list[Rule]) -> list[Rule]:
    kept = []
    for rule in rules:
        if gone := _gone(draft, rule.expression):
            draft.lose(rule.place, "reference", name=gone, rule=rule.expression)
        else:
            kept.append(rule)
    return kept


def _drop_rule(
    draft: Draft, page: Page, asked: Asked, field: str, kind: LossKind, name: str
) -> None:
    """Takes a rule away; a value that is not worked out any more goes with it."""
    place = asked.place._replace(column=asked.columns.get(field, field))
    draft.lose(place, kind, name=name, rule=asked.fields.pop(field))
    if field == "calculation":
        page.asked.remove(asked)
        draft.gone.add(asked.name)


def _clear_texts(draft: Draft) -> None:
    """A text that quotes an answer nobody gives has an ellipsis in its place."""
    for page in draft.pages:
        for words in (page.title, page.intro):
            _clear(draft, page.place, words)
        for asked in page.asked:
            for words in texts_in(asked.fields):
                _clear(draft, asked.place, words)


def _clear(draft: Draft, place: Place, words: dict[str, str] | None) -> None:
    if words is None:
        return
    sides = {side: _REFERENCE.findall(words[side]) for side in ("fr", "en")}
    for name in dict.fromkeys(name for names in sides.values() for name in names):
        if name in draft.gone:
            draft.lose(place, "text_reference", name=name)
            for side in sides:
                words[side] = re.sub(rf"\$\{{\s*{re.escape(name)}\s*\}}", "…", words[side])


def _drop_unsupported(draft: Draft, problems: Sequence[Problem]) -> None:
    """Takes away the rules that we cannot evaluate; raises for any other problem."""
    found = [(problem, *_find(draft, problem.path)) for problem in problems]
    wrong = [p for p, page, asked, field in found if not _is_ours_to_lack(p, page, asked, field)]
    if wrong:
        raise ImportRefusedError([_fault(draft, problem) for problem in wrong])
    for problem, page, asked, field in found:
        function = problem.params.get("name", "")
        if page and (asked is None or field == "relevant"):
            _drop_conditions(draft, asked or page, function)
        elif page and asked in page.asked and field in asked.fields:
            kind: LossKind = "function" if function else "rule"
            _drop_rule(draft, page, asked, field, kind, function)


def _is_ours_to_lack(problem: Problem, page: Page | None, asked: Asked | None, field: str) -> bool:
    """True for a function we do not have, and for a path through the form of another program."""
    shown = asked or page
    if problem.code == "unsupported_function":
        return shown is not None
    if problem.code != "bad_expression" or shown is None:
        return False
    rules = [rule.expression for rule in shown.relevant] if field == "relevant" else []
    rules += [str(asked.fields.get(field, ""))] if asked else []
    return any("/" in re.sub(r"'[^']*'|\"[^\"]*\"", "", rule) for rule in rules)


def _drop_conditions(draft: Draft, shown: Page | Asked, function: str) -> None:
    """Takes away the conditions that call ``function``; all of them when none is seen to."""
    call = re.compile(rf"(?<![\w-]){re.escape(function)}\s*\(" if function else "/")
    guilty = [rule for rule in shown.relevant if call.search(rule.expression)] or shown.relevant
    for rule in guilty:
        kind: LossKind = "function" if function else "rule"
        draft.lose(rule.place, kind, name=function, rule=rule.expression)
    shown.relevant = [rule for rule in shown.relevant if rule not in guilty]


def _find(draft: Draft, path: str) -> tuple[Page | None, Asked | None, str]:
    """The page, the question and the rest of a problem's path."""
    found = _PATH.match(path)
    if not found:
        return None, None, path
    page = draft.pages[int(found[1])]
    return page, page.asked[int(found[2])] if found[2] else None, found[3]


def _fault(draft: Draft, problem: Problem) -> Fault:
    """A problem of the definition, told at its place in the file."""
    page, asked, field = _find(draft, problem.path)
    if page is None:
        return Fault(_place_of_name(draft, problem), problem.code, problem.params)
    if problem.code == "bad_name" and field in ("relevant", *RULES):
        return Fault(_of_rule(asked or page, field), "rule_too_long")
    if asked is None:
        return Fault(_of_rule(page, field), problem.code, problem.params)
    if item := _ITEM.match(field):
        places = asked.items.get(item[1], [])
        index = int(item[2])
        if index < len(places):
            return Fault(places[index]._replace(column=item[3]), problem.code, problem.params)
    return Fault(_of_rule(asked, field), problem.code, problem.params)


def _of_rule(shown: Page | Asked, field: str) -> Place:
    if field == "relevant" and shown.relevant:
        return shown.relevant[-1].place
    first = field.split(".")[0].split("[")[0]
    columns = shown.columns if isinstance(shown, Asked) else {}
    return shown.place._replace(column=columns.get(field) or columns.get(first, first))


def _place_of_name(draft: Draft, problem: Problem) -> Place:
    """Where a name stands that a problem of the whole speaks of: its last bearer."""
    name = problem.params.get("name")
    places = [asked.place for asked in draft.asked if asked.name == name]
    return places[-1]._replace(column="name") if places else Place(column=problem.path)
