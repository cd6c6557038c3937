"""Charts: where bars and intervals lie."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string

import consult
from consult import assets


@pytest.fixture
def app() -> Flask:
    folder = Path(consult.__file__).parent / "templates"
    app = Flask(__name__, static_folder=None, template_folder=str(folder))
    assets.init_app(app)
    return app


def draw(app: Flask, call: str) -> BeautifulSoup:
    page = '{% from "macros/charts.html" import interval_bar, share_bar %}{{ ' + call + " }}"
    with app.test_request_context():
        return BeautifulSoup(render_template_string(page), "html.parser")


def bar(svg: BeautifulSoup) -> tuple[str, str]:
    rect = svg.select_one(".app-chart__bar")
    assert rect is not None
    return str(rect.get("x", "0")), str(rect["width"])


def test_a_gain_starts_at_zero_and_goes_right(app: Flask) -> None:
    svg = draw(app, "interval_bar(0.5, 0.25, 0.75, -1, 1)")
    assert bar(svg) == ("50.0%", "25.0%")
    whisker = svg.select(".app-chart__interval line")[0]
    assert (whisker["x1"], whisker["x2"]) == ("62.5%", "87.5%")


def test_a_strength_goes_left_of_zero(app: Flask) -> None:
    assert bar(draw(app, "interval_bar(-0.5, -0.6, -0.4, -1, 1)")) == ("25.0%", "25.0%")


def test_the_ground_always_holds_zero(app: Flask) -> None:
    assert bar(draw(app, "interval_bar(2, 1, 4, 1, 4)")) == ("0.0%", "50.0%")
    assert bar(draw(app, "interval_bar(0, 0, 0, 0, 0)")) == ("0.0%", "0.0%")


def test_a_bar_with_words_beside_it_is_not_said_twice(app: Flask) -> None:
    assert draw(app, "share_bar(0.42)").svg["aria-hidden"] == "true"  # type: ignore[index]
    named = draw(app, "share_bar(0.42, 'Four in ten')").svg
    assert named is not None
    assert (named["role"], named["aria-label"]) == ("img", "Four in ten")
