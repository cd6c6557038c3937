"""A test client that looks at every page it fetches, as a careful reader would."""

import html
import re
from functools import cache
from pathlib import Path
from typing import Any

import polib
from bs4 import BeautifulSoup, Tag
from flask import g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"


@cache
def english_only_strings() -> frozenset[str]:
    """Interface strings whose French differs: none may stand on a French page."""
    catalogue = polib.pofile(str(CATALOGUES / "fr/LC_MESSAGES/messages.po"))
    return frozenset(
        html.unescape(e.msgid) for e in catalogue if e.msgstr != e.msgid and len(e.msgid) > 3
    )


def check_page(response: TestResponse) -> None:
    """Asserts what every page owes its reader: title, landmarks, language, safety, no stray id."""
    page = BeautifulSoup(response.data, "lxml")
    where = f"{response.request.path} ({response.status})"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"], where
    assert page.title is not None, f"no title: {where}"
    assert page.title.get_text(strip=True), f"empty title: {where}"
    assert len(page.find_all("h1")) == 1, f"one h1 expected: {where}"
    assert len(page.find_all("main")) == 1, f"one main expected: {where}"
    _check_language(page, response.request.path, where)
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"duplicate ids {sorted(ids)}: {where}"
    assert not page.find_all(style=True), f"inline style: {where}"
    assert not page.find_all("style"), f"inline style sheet: {where}"
    assert all(tag.get("src") for tag in page.find_all("script")), f"inline script: {where}"
    for form in page.find_all("form"):
        assert form.get("action", "").startswith(("/", "")), where
        _check_form(form, where)


def _check_language(page: BeautifulSoup, path: str, where: str) -> None:
    root = page.find("html")
    assert isinstance(root, Tag)
    lang = "en" if path.startswith("/en") else "fr"
    assert str(root.get("lang")).startswith(lang), f"lang {root.get('lang')}: {where}"
    if lang == "fr":
        foreign = {
            id(n)
            for tag in page.find_all(lang=re.compile("^en"))
            for n in tag.find_all(string=True)
        }
        words = {
            " ".join(node.split())
            for node in page.find_all(string=True)
            if id(node) not in foreign and node.parent and node.parent.name not in ("pre", "code")
        }
        untranslated = words & english_only_strings()
        assert not untranslated, f"untranslated {untranslated}: {where}"


def _check_form(form: Tag, where: str) -> None:
    if str(form.get("method", "get")).lower() == "post":
        names = {str(tag.get("name")) for tag in form.find_all("input", type="hidden")}
        # An open form is one that anyone may send from anywhere: nothing of the browser is used.
        marks = {"csrf_token", "idempotency_key", "open_form"}
        assert names & marks, f"form without token: {where}"
    for control in form.find_all(["input", "select", "textarea"]):
        if control.get("type") not in ("hidden", "submit"):
            label = form.find("label", attrs={"for": control.get("id")})
            named = label or control.get("aria-label") or control.get("aria-labelledby")
            assert named, f"control {control.get('name')} has no label: {where}"


class PageClient(FlaskClient):
    """Flask's test client; each HTML page it receives is checked by ``check_page``.

    The fixtures keep an application context open, which Flask lends to each request: what one
    request left in ``g`` (language, account, token) is cleared before the next.
    """

    #: False while a test asks for one page again and again and looks at the status alone.
    reads = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            vars(g._get_current_object()).clear()  # type: ignore[attr-defined]
        response = super().open(*args, **kwargs)
        # A form of more than 500 kB is sent from a temporary file, which werkzeug leaves open.
        response.request.environ["wsgi.input"].close()
        is_page = response.mimetype == "text/html" and response.request.method in ("GET", "POST")
        if self.reads and is_page and response.status_code not in range(300, 400):
            check_page(response)
        return response

    def page(self, *args: Any, **kwargs: Any) -> BeautifulSoup:
        """GETs a page and returns it parsed."""
        return BeautifulSoup(self.get(*args, **kwargs).data, "lxml")

    def parse(self, response: TestResponse) -> BeautifulSoup:
        """A page that was answered, parsed."""
        return BeautifulSoup(response.data, "lxml")

    def submit(self, path: str, data: dict[str, Any], **kwargs: Any) -> TestResponse:
        """POSTs a form the way a browser would: with the hidden fields of the page it stands on.

        ``form_page=`` names the page that shows the form when it is not ``path`` itself.
        """
        shown = self.page(kwargs.pop("form_page", path))
        hidden: dict[str, list[str]] = {}
        for tag in shown.select("form input[type=hidden]:not([disabled])"):
            hidden.setdefault(str(tag["name"]), []).append(str(tag.get("value", "")))
        return self.post(path, data={**hidden, **data}, **kwargs)
