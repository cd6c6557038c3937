"""Hypothesis strategies: definitions of questionnaires with logic, and answers to them."""

from typing import Any

from hypothesis import strategies as st

from consult.questionnaires import Answer, Question, Questionnaire
from consult.questionnaires.municipalities import municipalities

#: What people write: accents, marks that markup and expressions use, no outer spaces.
WORDS = st.text(alphabet="abcéœ09 '\"<>&,;-?", min_size=1, max_size=20).map(
    lambda words: " ".join(words.split()) or "mot"
)

_COLUMNS = ("red", "blue")

#: Types drawn more often, since the logic of later questions hangs on them.
_OFTEN = ("one_choice", "yes_no", "integer", "several_choices") * 4


@st.composite
def definitions(draw: st.DrawFn, max_sections: int = 3, max_questions: int = 4) -> dict[str, Any]:
    """A valid definition in the JSON form, complete in both languages.

    Names are 'q1', 'q2'… on pages 'p1', 'p2'…; an expression only names earlier questions, so that
    none is circular.
    """
    asked: list[dict[str, Any]] = []
    sections = []
    for page in range(1, draw(st.integers(1, max_sections)) + 1):
        section = {
            "name": f"p{page}",
            "title": draw(_texts()),
            "intro": draw(st.none() | _texts()),
            "relevant": draw(_maybe(_conditions(asked))),
            "questions": [],
        }
        for _ in range(draw(st.integers(1, max_questions))):
            question = draw(_questions(f"q{len(asked) + 1}", asked))
            section["questions"].append(question)
            asked.append(question)
        sections.append(section)
    return {"title": draw(_texts()), "sections": sections}


def answers_for(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Answer]]:
    """Answers by name, as they are kept; some questions unanswered, some answers out of bounds."""
    asked = [q for q in questionnaire.questions if q.type != "calculated"]
    return st.fixed_dictionaries({}, optional={q.name: _answers(q) for q in asked})


def _texts() -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"fr": WORDS, "en": WORDS})


def _maybe(expressions: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | expressions


def _conditions(asked: list[dict[str, Any]]) -> st.SearchStrategy[str]:
    """Expressions on earlier questions; always true or false before there are any."""
    if not (plain := [found for question in asked for found in _conditions_on(question)]):
        return st.sampled_from(["true()", "1 = 2"])
    one = st.sampled_from(plain)
    both = st.builds(
        lambda left, joint, right: f"{left} {joint} {right}",
        one,
        st.sampled_from(["and", "or"]),
        one,
    )
    return one | both | one.map(lambda condition: f"not({condition})")


def _conditions_on(question: dict[str, Any]) -> list[str]:
    name = question["name"]
    return {
        "one_choice": [f"${{{name}}} = 'c1'", f"selected(${{{name}}}, 'c2')", f"${{{name}}} = ''"],
        "several_choices": [f"selected(${{{name}}}, 'c1')", f"count-selected(${{{name}}}) > 1"],
        "matrix": [f"${{{name}_r1}} = 'c1'"],
        "ranking": [f"selected-at(${{{name}}}, 0) = 'c1'"],
        "yes_no": [f"${{{name}}} = 'yes'", f"${{{name}}} != 'no'"],
        "consent": [f"${{{name}}} = 'yes'"],
        "integer": [f"${{{name}}} > 3", f"${{{name}}} + 1 = 2"],
        "decimal": [f"${{{name}}} * 2 < 5"],
        "scale": [f"${{{name}}} <= 2"],
        "date": [f"${{{name}}} < today()"],
        "short_text": [f"string-length(${{{name}}}) > 2"],
        "calculated": [f"${{{name}}} != ''", f"coalesce(${{{name}}}, 3) = 3"],
        "hidden": [f"${{{name}}} = 'web'"],
    }.get(question["type"], [])


@st.composite
def _questions(draw: st.DrawFn, name: str, asked: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from([*_OFTEN, *sorted(_OWN)]))
    label = draw(_texts())
    tellable = [q["name"] for q in asked if q["type"] in ("short_text", "one_choice", "integer")]
    if tellable and draw(st.booleans()):
        label = {lang: f"{words} ${{{tellable[0]}}}" for lang, words in label.items()}
    own = draw(_OWN[kind])
    if kind == "one_choice" and (colours := [q for q in asked if q["type"] == "one_choice"]):
        own["choice_filter"] = draw(
            _maybe(st.just(f"colour = ${{{colours[0]['name']}}} or name = 'c1'"))
        )
    if kind == "calculated":
        own["calculation"] = draw(_calculations(asked))
    if kind not in ("calculated", "hidden", "heading", "note", "matrix"):
        own["required_if"] = draw(_maybe(_conditions(asked)))
        own["required"] = draw(st.booleans())
    shared = {"name": name, "type": kind, "label": label}
    return {**shared, "relevant": draw(_maybe(_conditions(asked))), **own}


def _calculations(asked: list[dict[str, Any]]) -> st.SearchStrategy[str]:
    numbers = [q["name"] for q in asked if q["type"] in ("integer", "decimal", "scale")]
    on_numbers = [f"${{{name}}} * 2" for name in numbers]
    return st.sampled_from([*on_numbers, "1 + 1", "''", "concat('a', 'b')"]) | _conditions(
        asked
    ).map(lambda condition: f"if({condition}, 'yes', 3)")


def _choices(count: int = 3) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.tuples(*[_texts()] * count).map(
        lambda labels: [
            {"name": f"c{n}", "label": label, "columns": {"colour": _COLUMNS[n % 2]}}
            for n, label in enumerate(labels, 1)
        ]
    )


def _fields(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            name: value if isinstance(value, st.SearchStrategy) else st.just(value)
            for name, value in fields.items()
        }
    )


_BARE = _fields(hint=st.none() | _texts())
_CONSTRAINED = _fields(
    hint=st.none() | _texts(),
    constraint=st.sampled_from(["", ". > 0"]),
    constraint_message=_texts(),
)

#: For each type, what a question of it adds to its name, label and rules.
_OWN: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    **{kind: _BARE for kind in ("yes_no", "region", "municipality", "postal_code", "time")},
    **{kind: _fields() for kind in ("consent", "heading", "note", "calculated")},
    "short_text": _fields(max_length=st.integers(1, 40)),
    "long_text": _fields(max_length=st.integers(1, 400)),
    "integer": _CONSTRAINED,
    "decimal": _CONSTRAINED,
    "date": _fields(constraint=st.sampled_from(["", ". <= today()"])),
    "one_choice": _fields(choices=_choices(), display=st.sampled_from(["radios", "list"])),
    "several_choices": _fields(
        choices=_choices(),
        maximum=st.none() | st.integers(1, 3),
        exclusive=st.none() | st.just("c3"),
    ),
    "scale": _fields(low=_texts(), high=_texts(), first=st.integers(0, 1), last=st.integers(2, 10)),
    "matrix": _fields(
        choices=_choices(),
        rows=_texts().map(lambda label: [{"name": "r1", "label": label, "columns": {}}]),
        required=st.booleans(),
    ),
    "ranking": _fields(choices=_choices(), places=st.none() | st.integers(1, 3)),
    "file": _fields(accepts=["pdf"], max_megabytes=st.integers(1, 5)),
    "hidden": _fields(value=st.sampled_from(["", "web"])),
}


def _answers(question: Question) -> st.SearchStrategy[Answer]:
    """Answers as ``normalise`` leaves them."""
    names = [option.name for option in question.options]
    strategies: dict[str, st.SearchStrategy[Answer]] = {
        "short_text": WORDS,
        "long_text": WORDS,
        "integer": st.integers(-3, 12),
        "decimal": st.decimals(-3, 12, places=1).map(lambda n: question.normalise(str(n))),
        "date": st.dates().map(lambda day: day.isoformat()),
        "time": st.times().map(lambda moment: moment.strftime("%H:%M")),
        "municipality": st.sampled_from([place.code for place in municipalities()]),
        "postal_code": st.sampled_from(["G1R", "H2X"]),
        "file": st.uuids().map(str),
        "hidden": st.sampled_from(["web", "poster"]),
    }
    if question.type in strategies:
        return strategies[question.type]
    if question.type == "ranking":
        return st.lists(st.sampled_from(names), min_size=1, unique=True)
    if question.type == "several_choices":
        return st.sets(st.sampled_from(names), min_size=1).map(lambda chosen: sorted(chosen))
    return st.sampled_from(names).map(question.normalise)
