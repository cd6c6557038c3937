"""Fields as people and their assistive tools receive them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

import consult
from consult import assets

PAGE = """
{% from "macros/forms.html" import field, error_summary, submit_button %}
{{ error_summary(form) }}
{% for one in form %}
{{ field(one, ends=("Hard", "Easy") if one.name == "ease" else none) }}
{% endfor %}
{{ submit_button("Send my answers") }}
"""


class Several(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Answers(Form):
    name = StringField("Your name", [Optional()], description="A first name is enough.")
    secret = PasswordField("Password", [DataRequired("Enter your password.")])
    words = TextAreaField("What should change?", [DataRequired("Write a few words.")])
    limited = TextAreaField("In short", [Length(max=20)])
    how = RadioField(
        "How did you do it?",
        [InputRequired("Choose an answer.")],
        choices=[SelectChoice("web", "Online"), SelectChoice("tel", "By telephone")],
    )
    helped = Several(
        "What helped?",
        choices=[SelectChoice("guide", "The guide"), SelectChoice("chat", "The chat")],
    )
    region = SelectField(
        "Region", choices=[SelectChoice("", "Choose"), SelectChoice("03", "Capitale")]
    )
    ease = RadioField(
        "Was it easy?",
        [InputRequired("Choose a point.")],
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 6)],
    )
    agree = BooleanField("I agree", [InputRequired("Check the box.")])


@pytest.fixture
def render() -> Iterator[Callable[..., BeautifulSoup]]:
    folder = Path(consult.__file__).parent / "templates"
    app = Flask(__name__, static_folder=None, template_folder=str(folder))
    Babel(app)
    assets.init_app(app)

    def make(data: dict[str, Any] | None = None) -> BeautifulSoup:
        form = Answers(MultiDict(data or {}) if data is not None else None)
        if data is not None:
            form.validate()
        return BeautifulSoup(render_template_string(PAGE, form=form), "html.parser")

    with app.test_request_context():
        yield make


def control(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert isinstance(found, Tag), selector
    return found


def test_a_fresh_form_shows_no_error(render: Callable[..., BeautifulSoup]) -> None:
    page = render()
    assert page.select(".govuk-error-summary, .govuk-error-message, [aria-invalid]") == []


def test_every_control_has_a_label_of_its_own(render: Callable[..., BeautifulSoup]) -> None:
    page = render()
    controls = page.select("input, textarea, select")
    assert len(controls) >= 15
    for one in controls:
        label = control(page, f'label[for="{one["id"]}"]')
        assert label.get_text(strip=True)


def test_each_error_is_summed_up_with_a_link_to_its_control(
    render: Callable[..., BeautifulSoup],
) -> None:
    page = render({"limited": "x" * 30, "region": ""})
    links = page.select(".govuk-error-summary a")
    assert [a.get_text(strip=True) for a in links][:2] == [
        "Enter your password.",
        "Write a few words.",
    ]
    assert len(links) == 6
    for link in links:
        target = control(page, str(link["href"]))
        assert target.name in ("input", "textarea")


def test_hints_and_errors_are_tied_to_their_field(render: Callable[..., BeautifulSoup]) -> None:
    page = render({})
    described = page.select("[aria-describedby]")
    assert described
    for one in described:
        for name in str(one["aria-describedby"]).split():
            control(page, f"#{name}")
    words = control(page, "#words")
    assert words["aria-invalid"] == "true"
    assert "Write a few words." in control(page, f"#{words['aria-describedby']}").get_text()


def test_what_was_typed_comes_back_exactly(render: Callable[..., BeautifulSoup]) -> None:
    typed = 'Deux lignes :\n  <b>"l’une"</b> & l’autre'
    page = render({"words": typed, "name": '"><script>', "secret": "hush", "how": "tel"})
    assert control(page, "#words").string == typed
    assert control(page, "#name")["value"] == '"><script>'
    assert control(page, "#secret")["value"] == ""
    assert [r["value"] for r in page.select("input[name=how][checked]")] == ["tel"]


def test_several_choices_come_back(render: Callable[..., BeautifulSoup]) -> None:
    page = render({"helped": "chat", "region": "03", "agree": "y"})
    assert [c["value"] for c in page.select("input[name=helped][checked]")] == ["chat"]
    assert [o["value"] for o in page.select("#region option[selected]")] == ["03"]
    assert control(page, "#agree").has_attr("checked")


def test_a_scale_names_its_ends_and_keeps_its_choice(
    render: Callable[..., BeautifulSoup],
) -> None:
    page = render({"ease": "5"})
    labels = [" ".join(x.get_text(" ").split()) for x in page.select(".app-scale label")]
    assert labels == ["1 Hard", "2", "3", "4", "5 Easy"]
    assert [r["value"] for r in page.select("input[name=ease][checked]")] == ["5"]


def test_optional_is_said_and_long_text_is_counted(render: Callable[..., BeautifulSoup]) -> None:
    page = render()
    assert "(optional)" in control(page, "label[for=name]").get_text()
    assert "20 characters" in control(page, "#limited-info").get_text()


def test_nothing_needs_inline_script_or_style(render: Callable[..., BeautifulSoup]) -> None:
    page = render({})
    assert page.select("script, style, [style], [onclick], [onchange]") == []
