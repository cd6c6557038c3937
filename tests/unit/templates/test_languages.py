"""A template is compiled once, and speaks the language of each page that it makes."""

from flask import Flask, g

from consult import i18n


def test_a_number_written_in_a_template_follows_the_language() -> None:
    app = Flask(__name__, static_folder=None)
    i18n.init_app(app)
    shown = []
    with app.test_request_context():
        template = app.jinja_env.from_string("{{ 2000|numberformat }}")
    for lang in ("fr", "en"):
        with app.test_request_context():
            g.lang_code = lang
            shown.append(template.render())
    assert shown == ["2\u00a0000", "2,000"]
