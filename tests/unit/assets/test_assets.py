"""How built files are named and served."""

from pathlib import Path

import pytest
from flask import Flask

from consult import assets


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "dist_folder", lambda: tmp_path)
    (tmp_path / "manifest.json").write_text('{"app.css": "app-0123456789.css"}')
    (tmp_path / "app-0123456789.css").write_text("a{color:red}" * 100)
    (tmp_path / "app-0123456789.css.gz").write_bytes(b"\x1f\x8bcompressed")
    return tmp_path


@pytest.fixture
def app(dist: Path) -> Flask:
    app = Flask(__name__, static_folder=None)
    assets.init_app(app)
    return app


def test_a_file_is_served_compressed_and_kept_for_good(app: Flask) -> None:
    with app.app_context():
        url = assets.asset_url("app.css")
    with app.test_client().get(url, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_running_application_keeps_the_names_it_started_with(app: Flask, dist: Path) -> None:
    (dist / "manifest.json").write_text('{"app.css": "app-aaaaaaaaaa.css"}')
    with app.app_context():
        assert assets.asset_url("app.css") == "/static/app-0123456789.css"


def test_a_missing_build_says_what_to_run(dist: Path) -> None:
    (dist / "manifest.json").unlink()
    app = Flask(__name__, static_folder=None)
    assets.init_app(app)
    with app.app_context(), pytest.raises(assets.AssetsNotBuiltError, match="make assets"):
        assets.asset_url("app.css")
