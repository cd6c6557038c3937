"""The script's address: small, shared, asked for again only when it changed."""

import gzip
from pathlib import Path

import pytest

from consult.feedback.views import widget
from tests.pages import PageClient


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built script of known content."""
    monkeypatch.setattr(widget, "resource_folder", lambda _name: tmp_path)
    (tmp_path / "dist").mkdir()
    script = tmp_path / "dist" / "widget.js"
    script.write_text("/* le script */" * 50)
    return script


def test_any_site_may_load_it(client: PageClient, built: Path) -> None:
    answer = client.get("/widget.js")
    assert answer.data == built.read_bytes()
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers


def test_it_travels_compressed(client: PageClient, built: Path) -> None:
    answer = client.get("/widget.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 100
    assert gzip.decompress(answer.data) == built.read_bytes()


def test_it_is_not_sent_again_until_it_changes(client: PageClient, built: Path) -> None:
    mark = client.get("/widget.js").headers["ETag"]
    again = client.get("/widget.js", headers={"If-None-Match": mark})
    assert (again.status_code, again.data) == (304, b"")
    built.write_text("/* le nouveau script */")
    changed = client.get("/widget.js", headers={"If-None-Match": mark})
    assert (changed.status_code, changed.data) == (200, built.read_bytes())


def test_a_missing_build_is_said_plainly(
    client: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widget, "resource_folder", lambda _name: tmp_path)
    answer = client.get("/widget.js")
    assert answer.status_code == 503
    assert "consult.assets build" in answer.get_data(as_text=True)
