"""The script's three addresses: short and followed, or as it was handed out, for good."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from consult.db import db
from consult.feedback import queries, services
from consult.feedback.models import WidgetScript
from consult.feedback.question_sets import DEFAULT, READY
from consult.feedback.services import script as scripts
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built script of known content."""
    monkeypatch.setattr(scripts, "resource_folder", lambda _name: tmp_path)
    (tmp_path / "dist").mkdir()
    script = tmp_path / "dist" / "widget.js"
    script.write_text("run(__CONSULT_CONFIG__);" + "/* à servir */" * 50 + "\n", encoding="utf-8")
    return script


def config(answer: Any) -> dict[str, Any]:
    """The settings that a script carries."""
    found = re.search(r"run\((.*?)\);/", answer.get_data(as_text=True))
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


@pytest.mark.usefixtures("built")
def test_any_site_may_load_it(client: PageClient, service: Service) -> None:
    for path in ("/widget.js", f"/widget/{service.key}.js"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.mimetype == "text/javascript"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.usefixtures("built")
def test_it_travels_compressed(client: PageClient) -> None:
    answer = client.get("/widget.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == client.get("/widget.js").data


def test_it_is_not_sent_again_until_it_changes(client: PageClient, built: Path) -> None:
    mark = client.get("/widget.js").headers["ETag"]
    again = client.get("/widget.js", headers={"If-None-Match": mark})
    assert (again.status_code, again.data) == (304, b"")
    built.write_text("/* le nouveau script */")
    changed = client.get("/widget.js", headers={"If-None-Match": mark})
    assert (changed.status_code, changed.data) == (200, built.read_bytes())


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", READY)
def test_each_ready_set_has_its_script_for_any_service(client: PageClient, name: str) -> None:
    told = config(client.get(f"/widget/set/{name}.js"))
    assert (told["key"], told["set"], told["base"]) == ("", name, BASE)
    assert set(told["sets"]) == {"__proto__", name}
    if name == DEFAULT:
        assert config(client.get("/widget.js")) == told


@pytest.mark.usefixtures("built")
def test_the_one_of_a_service_follows_its_settings(client: PageClient, service: Service) -> None:
    path = f"/widget/{service.key}.js"
    assert set(config(client.get(path))["sets"]) == {"__proto__", "rating"}
    services.change_settings(service, NOW, question_set="trust", display="button")
    db.session.commit()
    told = config(client.get(path))
    assert (told["key"], told["set"], told["display"]) == (service.key, "trust", "button")
    assert set(told["sets"]) == {"__proto__", "trust"}


@pytest.mark.usefixtures("built")
def test_what_is_handed_out_is_served_so_for_good(
    client: PageClient, service: Service, built: Path
) -> None:
    handed = services.hand_out(service, BASE, NOW)
    assert services.hand_out(service, BASE, NOW) == handed
    services.change_settings(service, NOW, question_set="task")
    db.session.commit()
    built.write_text("/* le nouveau script */")
    answer = client.get(f"/widget/{service.key}/{handed.digest}.js")
    mark = base64.b64encode(hashlib.sha384(answer.data).digest()).decode()
    assert handed.integrity == f"sha384-{mark}"
    assert handed.digest == hashlib.sha256(answer.data).hexdigest()
    assert config(answer)["set"] == "rating"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.usefixtures("built")
def test_the_last_handed_out_is_the_one_asked_for_last(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "handed_out", lambda *_: None)  # two clicks at once see none
    given = []
    for minute, name in enumerate(("rating", "trust", "rating")):
        services.change_settings(service, NOW, question_set=name)
        given.append(services.hand_out(service, BASE, NOW + timedelta(minutes=minute)).digest)
    db.session.commit()
    assert given[0] == given[2] != given[1]
    kept = queries.last_handed_out(service)
    assert kept
    assert kept.digest == given[2]


@pytest.mark.usefixtures("built")
def test_what_was_never_handed_out_is_not_served(client: PageClient, service: Service) -> None:
    assert client.get(f"/widget/{service.key}/{'0' * 64}.js").status_code == 404
    assert client.get("/widget/inconnu.js").status_code == 404
    assert client.get("/widget/set/inconnu.js").status_code == 404
    assert client.get(f"/widget/inconnu/{'0' * 64}.js").status_code == 404


@pytest.mark.usefixtures("built")
def test_the_staff_gets_a_script_that_never_changes(
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    page = f"/fr/equipe/services/{service.slug}/questions"
    shown = client.page(page).get_text()
    assert f"/widget/{service.key}.js" in shown
    assert "integrity" not in shown
    assert db.session.query(WidgetScript).count() == 0
    answer = client.submit(f"/fr/equipe/services/{service.slug}/code", {}, form_page=page)
    assert answer.status_code == 303
    assert answer.location.endswith("#kept")
    code = next(block for block in client.page(page).find_all("pre") if "integrity" in block.text)
    line = BeautifulSoup(code.get_text(), "html.parser").script
    assert line
    assert line["crossorigin"] == "anonymous"
    content = client.get(str(line["src"]).removeprefix(BASE))
    assert line["integrity"] == services.integrity(content.get_data(as_text=True))


def test_who_may_not_manage_the_service_hands_out_nothing(
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.VIEWER))
    answer = client.submit(f"/fr/equipe/services/{service.slug}/code", {})
    assert answer.status_code == 403


def test_a_missing_build_is_said_plainly(
    client: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "resource_folder", lambda _name: tmp_path)
    answer = client.get("/widget.js")
    assert answer.status_code == 503
    assert "consult.assets build" in answer.get_data(as_text=True)
