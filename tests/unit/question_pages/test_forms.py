"""A page of questions as people and their assistive tools receive it, for every type."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, g, render_template_string
from werkzeug.datastructures import MultiDict

from consult import assets, i18n
from consult.config import resource_folder
from consult.question_pages import PageContext, SectionForm, filled_form, section_form
from consult.question_pages.messages import answer_message
from consult.questionnaires import Answer, AnswerError, Questionnaire, parse_questionnaire
from consult.questionnaires.logic import Logic
from consult.surveys.told_answers import told_answers
from consult.surveys.views.blueprint import bp
from tests.factories.every_type import every_type

PAGE = """
{% from "macros/question_page.html" import question_errors, questions %}
{{ question_errors(form) }}<form>{{ questions(form) }}</form>
"""


@pytest.fixture(scope="module")
def _app() -> Flask:
    app = Flask("consult", static_folder=None)
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(resource_folder("translations"))
    i18n.init_app(app)
    assets.init_app(app)
    app.register_blueprint(bp)
    app.add_template_filter(str, "file_words")
    return app


@pytest.fixture
def app(_app: Flask) -> Iterator[Flask]:
    with _app.test_request_context():
        yield _app


@pytest.fixture
def questionnaire() -> Questionnaire:
    return parse_questionnaire(every_type())


@pytest.fixture
def form(questionnaire: Questionnaire, app: Flask) -> Callable[..., SectionForm]:
    """``form(page, answers, lang=…, typed=…)``: kept answers, or what a browser sends."""

    def make(
        number: int,
        answers: dict[str, Answer] | None = None,
        lang: str = "en",
        typed: dict[str, Any] | None = None,
    ) -> SectionForm:
        g.lang_code = lang
        section = questionnaire.sections[number]
        outcome = Logic(questionnaire).outcome(answers or {}, today=date(2026, 3, 1))
        if typed is None:
            made = filled_form(section, lang, answers or {})
        else:
            made = section_form(section, lang)(formdata=MultiDict(typed))
        made.show_in(PageContext(questionnaire, outcome))
        return made

    return make


def page_of(form: SectionForm) -> BeautifulSoup:
    return BeautifulSoup(render_template_string(PAGE, form=form), "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert isinstance(found, Tag), selector
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_control_has_a_name_and_no_two_share_an_id(
    form: Callable[..., SectionForm], number: int, lang: str
) -> None:
    page = page_of(form(number, lang=lang))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    controls = page.select("input:not([type=hidden]), select, textarea")
    assert controls
    for control in controls:
        assert one(page, f'label[for="{control["id"]}"]').get_text(strip=True)
        if control.get("type") == "radio":
            assert control.find_parent("fieldset", role=None).legend.get_text(strip=True)  # type: ignore[union-attr]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_seen_is_shown_once_each_and_never_calculated_or_hidden(
    form: Callable[..., SectionForm], questionnaire: Questionnaire, number: int
) -> None:
    page = page_of(form(number))
    section = questionnaire.sections[number]
    asked = [q for q in [*section.questions, *section.answerable] if q.is_shown]
    shown = [tag["data-question"] for tag in page.select("[data-question]")]
    assert sorted(shown) == sorted({question.name for question in asked})


def test_a_hidden_question_sends_nothing_and_an_answer_shows_it(
    form: Callable[..., SectionForm],
) -> None:
    block = one(page_of(form(0)), "[data-question=why_not]")
    assert block.has_attr("hidden")
    assert block.has_attr("disabled")
    assert one(block, "input[name=shown]").has_attr("disabled")
    block = one(page_of(form(0, {"rides": "no"})), "[data-question=why_not]")
    assert not block.has_attr("hidden")
    assert not block.has_attr("disabled")
    assert not one(block, "input[name=shown]").has_attr("disabled")


def test_each_error_is_summed_up_with_a_link_to_the_first_control_it_is_told_at(
    form: Callable[..., SectionForm],
) -> None:
    made = form(1, {"rides": "yes"})
    faults = ["reasons", "network", "last_ride", "leaves_at", "bus_noise", "first", "satisfaction"]
    made.show_errors({name: AnswerError("required") for name in faults})
    page = page_of(made)
    links = page.select(".govuk-error-summary a")
    assert [link["href"] for link in links] == [f"#q_{name}" for name in faults]
    for link in links:
        control = one(page, str(link["href"]))
        assert control.name in ("input", "select")
        told = control if control.has_attr("aria-describedby") else control.find_parent("fieldset")
        assert isinstance(told, Tag)
        about = " ".join(
            one(page, f"#{name}").get_text(" ") for name in str(told["aria-describedby"]).split()
        )
        assert str(link.get_text()).rsplit("? ")[-1].rsplit(": ")[-1].strip() in about


def test_the_error_of_a_row_stands_in_its_legend(form: Callable[..., SectionForm]) -> None:
    made = form(1, {"rides": "yes"})
    made.show_errors({"bus_noise": AnswerError("required")})
    page = page_of(made)
    assert "Choose an answer." in one(page, "[data-question=bus_noise] legend").get_text()
    assert not page.select("[data-question=bus_price] .govuk-error-message")


TYPED = {
    "q_reasons": ["work", "nowhere"],
    "q_network": "south",
    "q_per_week": "beaucoup",
    "q_last_ride-day": "31",
    "q_last_ride-month": "février",
    "q_last_ride-year": "2026",
    "q_leaves_at": "tôt <b>",
    "q_bus_price": "fair",
    "q_first-delays": "1",
    "q_first-fares": "1",
    "q_satisfaction": "2",
}


def test_what_was_typed_comes_back_exactly(form: Callable[..., SectionForm]) -> None:
    page = page_of(form(1, {"rides": "yes"}, typed=TYPED))
    checked = [tag["value"] for tag in page.select("input[name=q_reasons][checked]")]
    assert checked == ["work", "nowhere"]
    assert one(page, "#q_network option[selected]")["value"] == "south"
    assert one(page, "#q_per_week")["value"] == "beaucoup"
    date_parts = [tag["value"] for tag in page.select("[name^=q_last_ride-]")]
    assert date_parts == ["31", "février", "2026"]
    assert one(page, "#q_leaves_at")["value"] == "tôt <b>"
    assert one(page, "input[name=q_bus_price][checked]")["value"] == "fair"
    ranks = [
        [option["value"] for option in tag.select("option[selected]")]
        for tag in page.select("[name^=q_first-]")
    ]
    assert ranks == [["1"], [], ["1"]]
    assert one(page, "input[name=q_satisfaction][checked]")["value"] == "2"


def test_only_what_the_page_showed_is_typed(form: Callable[..., SectionForm]) -> None:
    made = form(1, typed={**TYPED, "shown": "first"})
    assert made.typed() == {"first": {"delays": "1", "shelters": "", "fares": "1"}}
    everything = form(1, typed=TYPED).typed()
    assert everything["last_ride"] == ["31", "février", "2026"]
    assert everything["bus_noise"] is None


def test_kept_answers_read_as_a_person_would_type_them(form: Callable[..., SectionForm]) -> None:
    kept: dict[str, Answer] = {
        "rides": "yes",
        "per_week": "12.5",
        "last_ride": "2026-02-03",
        "leaves_at": "07:05",
        "first": ["fares", "delays"],
    }
    page = page_of(form(1, kept, lang="fr"))
    assert one(page, "#q_per_week")["value"] == "12,5"
    assert [tag["value"] for tag in page.select("[name^=q_last_ride-]")] == ["3", "2", "2026"]
    assert one(page, "#q_leaves_at")["value"] == "07 h 05"
    assert one(page, "[name=q_first-fares] option[selected]")["value"] == "1"
    assert one(page, "[name=q_first-delays] option[selected]")["value"] == "2"
    town = page_of(form(0, {"region": "03", "town": "23027"}))
    assert one(town, "#q_town")["value"] == "Québec"


def test_choices_not_on_offer_cannot_be_chosen(form: Callable[..., SectionForm]) -> None:
    page = page_of(form(1, {"rides": "yes", "network": "south"}))
    offered = [
        tag["value"] for tag in page.select("input[name=q_route]") if not tag.has_attr("disabled")
    ]
    assert offered == ["s7", "s8"]
    hidden = page.select("[data-question=route] [data-choice][hidden]")
    assert [tag["data-choice"] for tag in hidden] == ["n1", "n2"]
    assert one(page, "#q_route")["value"] == "s7"


def test_the_choice_that_goes_alone_stands_last_after_or(form: Callable[..., SectionForm]) -> None:
    page = page_of(form(1, {"rides": "yes"}))
    boxes = page.select("input[name=q_reasons]")
    assert boxes[-1]["data-behaviour"] == "exclusive"
    assert one(page, "[data-question=reasons] .govuk-checkboxes__divider").get_text() == "or"
    assert "Choose at most 3." in one(page, "#q_reasons-hint").get_text()


def test_an_earlier_answer_is_told_as_text_never_as_markup(
    form: Callable[..., SectionForm],
) -> None:
    page = page_of(form(2, {"stop_name": "Gare <b>du</b> Nord & Cie"}))
    label = one(page, "[data-label=stop_problem]")
    assert label.get_text() == "What to change at Gare <b>du</b> Nord & Cie?"
    assert not label.find_all()


def test_a_received_file_is_told_and_can_be_removed(
    form: Callable[..., SectionForm], questionnaire: Questionnaire
) -> None:
    name = "01890a5d-ac96-774b-bcce-b302099a8057"
    answers: dict[str, Answer] = {"picture": name}
    made = form(2, answers)
    outcome = Logic(questionnaire).outcome(answers, today=date(2026, 3, 1))
    made.show_in(PageContext(questionnaire, outcome, {name: "PNG, 230 kB"}))  # type: ignore[dict-item]
    page = page_of(made)
    assert "Received: PNG, 230 kB." in page.get_text()
    assert one(page, "input[name=q_picture_remove]")["type"] == "checkbox"
    assert one(page, "#q_picture")["accept"] == ".jpg,.jpeg,.png,.webp"


def test_optional_follows_the_logic(form: Callable[..., SectionForm]) -> None:
    def label(answers: dict[str, Answer]) -> str:
        return one(page_of(form(2, answers)), "label[for=q_stop_problem]").get_text()

    assert "(optional)" in label({"stop_name": "Nord", "rides": "yes", "satisfaction": 5})
    assert "(optional)" not in label({"stop_name": "Nord", "rides": "yes", "satisfaction": 1})


def test_what_an_answer_will_require_is_not_told_optional(
    form: Callable[..., SectionForm],
) -> None:
    page = page_of(form(1, {"rides": "yes"}))
    assert "(optional)" not in one(page, "label[for=q_reasons_other]").get_text()


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("age", AnswerError("not_integer"), "Enter a whole number, such as 12."),
        ("age", AnswerError("too_large", max="1200"), "Enter a number of 1,200 or less."),
        ("per_week", AnswerError("too_small", min="0.5"), "Enter a number of 0.5 or more."),
        (
            "last_ride",
            AnswerError("too_late", max="2026-03-01"),
            "Enter a date up to March\u00a01, 2026.",
        ),
        (
            "reasons",
            AnswerError("too_many", max=3, count=5),
            "Choose at most 3 answers: you chose 5.",
        ),
        (
            "reasons",
            AnswerError("not_alone", choice="nowhere"),
            "“Nowhere in particular” goes alone: uncheck it, or uncheck the others.",
        ),
        (
            "first",
            AnswerError("too_few", min=2, count=1),
            "Give a rank to 2 answers: you ranked 1.",
        ),
        ("agreed", AnswerError("required"), "Tick the box to go on."),
        ("last_ride", AnswerError("constraint"), "That date is to come."),
        (
            "picture",
            AnswerError("file_large"),
            "This file is too large. Choose one of at most 5 MB.",
        ),
    ],
)
def test_an_error_says_what_to_do(
    app: Flask, questionnaire: Questionnaire, name: str, error: AnswerError, message: str
) -> None:
    g.lang_code = "en"
    question = questionnaire.question(name)
    assert question
    assert answer_message(question, error) == message


@pytest.mark.usefixtures("app")
def test_french_says_the_first_of_a_month() -> None:
    g.lang_code = "fr"
    assert i18n.date_in_words(date(2026, 6, 1)) == "1er\u00a0juin\u00a02026"
    assert i18n.date_in_words(date(2026, 6, 11)) == "11\u00a0juin\u00a02026"


def test_a_misspelled_municipality_is_recognized(app: Flask, questionnaire: Questionnaire) -> None:
    g.lang_code = "en"
    town = questionnaire.question("town")
    assert town
    message = answer_message(town, AnswerError("unknown_municipality"), "en", "Sherbroke")
    assert "Did you mean “Sherbrooke”?" in message
    message = answer_message(town, AnswerError("unknown_municipality"), "en", "Zzyzx")
    assert "Check its spelling." in message


def test_the_list_of_answers_gathers_rows_and_leaves_out_what_is_hidden(
    app: Flask, questionnaire: Questionnaire
) -> None:
    g.lang_code = "en"
    answers: dict[str, Answer] = {
        "rides": "yes",
        "bus_price": "fair",
        "first": ["fares", "delays"],
        "reasons": ["work"],
    }
    outcome = Logic(questionnaire).outcome(answers, today=date(2026, 3, 1))
    context = PageContext(questionnaire, outcome)
    told = {t.name: t for t in told_answers(questionnaire.sections[1], answers, "en", context)}
    assert told["bus_price"].question == "What do you think of these?"
    assert told["bus_price"].answer == "The price: Fair\nNoise: No answer"
    assert told["first"].answer == "1. Fares\n2. Delays"
    assert "route" not in told
    assert "reasons_other" not in told
    assert "score" not in told
