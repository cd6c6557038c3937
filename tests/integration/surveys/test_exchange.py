"""A questionnaire from a file: read first, kept only once the person agrees."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup

from consult.db import db
from consult.organizations.models import Account, Role
from consult.question_pages.import_messages import FAULTS, LOSSES
from consult.questionnaires import Questionnaire, parse_questionnaire
from consult.questionnaires.importing import FaultCode, LossKind
from consult.questionnaires.xlsform import export_csv, export_xlsx
from consult.surveys.builder.queries import draft_of
from consult.surveys.models import Consultation
from consult.surveys.queries import consultation_by_slug
from tests.factories.every_type import every_type
from tests.factories.questionnaires import trails
from tests.pages import PageClient
from tests.unit.questionnaires.exchange.files import survey

PAGE = {
    "fr": "/fr/equipe/consultations/sentiers/questionnaire/importer",
    "en": "/en/staff/consultations/sentiers/questionnaire/import",
}
EXPORT = "/en/staff/consultations/sentiers/questionnaire/1/export"

FORM = survey(
    "type | name | label::English | label::Français | relevant",
    "text | Name | <script>alert(1)</script> | Votre nom |",
    "geopoint | where | Where? | Où ? |",
    "text | more | More | Encore | ${where} != ''",
)


@pytest.fixture
def as_editor(editor: Account, sign_in: Callable[[Account], None]) -> Account:
    sign_in(editor)
    return editor


def send(client: PageClient, data: bytes, name: str, lang: str = "en") -> Any:
    fields = {"questionnaire": (io.BytesIO(data), name), "language": lang}
    return client.submit(PAGE[lang], fields, content_type="multipart/form-data")


def agree(client: PageClient, shown: Any, how: str) -> Any:
    """Sends the form of the page that shows what was found."""
    page = BeautifulSoup(shown.data, "html.parser")
    form = page.select_one("form[action*=agree], form[action*=accepter]")
    assert form is not None
    hidden = {str(tag["name"]): str(tag["value"]) for tag in form.select("input[type=hidden]")}
    return client.post(str(form["action"]), data={**hidden, "how": how})


def stored() -> Consultation:
    db.session.rollback()
    found = consultation_by_slug("sentiers")
    assert found is not None
    return found


def drafted() -> Questionnaire:
    draft = draft_of(stored())
    assert draft is not None
    return parse_questionnaire(draft.definition)


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["2 questions", "Where?", "geopoint", "relevant", "What cannot be carried"]),
        ("fr", ["Où ?", "geopoint", "relevant"]),
    ],
)
def test_what_is_lost_is_read_before_anything_changes(
    client: PageClient, lang: str, words: list[str]
) -> None:
    shown = send(client, FORM, "form.xlsx", lang)
    assert shown.status_code == 200
    text = BeautifulSoup(shown.data, "html.parser").get_text()
    for word in words if lang == "en" else words[1:]:
        assert word in text
    assert "<script>alert" not in shown.get_data(as_text=True)
    assert len(stored().versions) == 1
    assert draft_of(stored()) is None


@pytest.mark.usefixtures("as_editor", "consultation")
def test_agreed_it_is_in_the_draft_and_the_version_stays(client: PageClient) -> None:
    answer = agree(client, send(client, FORM, "form.xlsx"), "draft")
    assert answer.status_code == 303
    assert [question.name for question in drafted().questions] == ["name", "more"]
    assert len(stored().versions) == 1
    followed = client.get(answer.location).get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in followed


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize("how", ["xlsx", "csv", "json"])
def test_agreed_it_is_in_place_as_it_was(client: PageClient, how: str) -> None:
    whole = parse_questionnaire(every_type())
    files = {
        "xlsx": export_xlsx(whole),
        "csv": export_csv(whole),
        "json": whole.model_dump_json().encode(),
    }
    answer = agree(client, send(client, files[how], f"q.{how}"), "version")
    assert answer.status_code == 303
    version = stored().version
    assert version is not None
    assert (version.number, version.questionnaire) == (2, whole)


@pytest.mark.usefixtures("as_editor", "consultation")
def test_a_public_consultation_never_loses_a_language(client: PageClient) -> None:
    half = survey("type | name | label", "text | a | A")
    shown = send(client, half, "form.xlsx")
    assert "in French" in BeautifulSoup(shown.data, "html.parser").get_text()
    assert agree(client, shown, "version").status_code == 422
    assert len(stored().versions) == 1
    assert agree(client, shown, "draft").status_code == 303


@pytest.mark.usefixtures("as_editor", "consultation")
def test_a_draft_changed_meanwhile_is_not_overwritten(client: PageClient) -> None:
    first, second = (send(client, FORM, "form.xlsx") for _ in range(2))
    assert agree(client, first, "draft").status_code == 303
    before = drafted()
    answer = agree(client, second, "draft")
    assert "Look again" in client.get(answer.location).get_data(as_text=True)
    assert drafted() == before


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (survey("type | name | label", "telepathy | a | A"), "a.xlsx", ["survey", "row 2", "type"]),
        (survey("type | name | label", "text | | A"), "a.xlsx", ["row 2", "column “name”"]),
        (b"PK\x03\x04", "a.xlsx", ["damaged"]),
        (b"x", "a.exe", [".lss"]),
        (b"\xff", "a.csv", ["UTF-8"]),
        (b"<!DOCTYPE a><document/>", "a.lss", ["XML entities"]),
        (b'{"sections": []}', "a.json", ["missing"]),
    ],
)
def test_a_file_at_fault_is_refused_at_its_place(
    client: PageClient, data: bytes, name: str, words: list[str]
) -> None:
    answer = send(client, data, name)
    assert answer.status_code == 422
    text = BeautifulSoup(answer.data, "html.parser").get_text()
    for word in words:
        assert word in text
    assert send(client, data, name, "fr").status_code == 422
    assert len(stored().versions) == 1


@pytest.mark.usefixtures("as_editor", "consultation")
def test_large_files_are_read_and_larger_ones_refused(client: PageClient) -> None:
    lines = "\n".join(f",text,q{n},{'x' * 5_000}" for n in range(300))
    large = f"survey\n,type,name,label\n{lines}\n".encode()
    assert len(large) > 1_400_000
    shown = send(client, large, "a.csv")
    assert shown.status_code == 200
    assert agree(client, shown, "draft").status_code == 303
    assert len(drafted().questions) == 300
    assert send(client, b" " * 7_000_000, "a.csv").status_code == 413


@pytest.mark.usefixtures("as_editor", "consultation")
def test_what_was_not_shown_is_not_taken(client: PageClient) -> None:
    address = PAGE["en"] + "/agree"
    hidden = {"questionnaire": json.dumps(trails()), "revision": "0", "how": "version"}
    answer = client.submit(address, hidden, form_page=PAGE["en"])
    assert answer.status_code == 303
    assert len(stored().versions) == 1


@pytest.mark.usefixtures("consultation")
def test_who_reads_takes_away_and_only_editors_bring_in(
    client: PageClient, staff: Callable[..., Account], sign_in: Callable[[Account], None]
) -> None:
    sign_in(staff(Role.ANALYST))
    assert client.get(PAGE["en"]).status_code == 403
    assert client.post(PAGE["en"] + "/agree").status_code in (400, 403)
    assert client.get(f"{EXPORT}.csv").status_code == 200


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize("extension", ["xlsx", "csv", "json"])
def test_a_version_taken_away_comes_back_the_same(client: PageClient, extension: str) -> None:
    taken = client.get(f"{EXPORT}.{extension}")
    assert f".{extension}" in taken.headers["Content-Disposition"]
    assert agree(client, send(client, taken.data, f"q.{extension}"), "draft").status_code == 303
    version = stored().version
    assert version is not None
    assert drafted() == version.questionnaire
    assert client.get(f"{EXPORT}.pdf").status_code == 404
    assert client.get(EXPORT.replace("/1/", "/9/") + ".csv").status_code == 404


@pytest.mark.usefixtures("as_editor", "consultation")
def test_the_ministrys_survey_comes_in(client: PageClient, shared_data: Path) -> None:
    data = (shared_data / "survey_forms/other/mef_questionnaire_test_rgaa.lss").read_bytes()
    shown = send(client, data, "mef.lss", "fr")
    assert shown.status_code == 200
    assert agree(client, shown, "draft").status_code == 303
    assert len(drafted().sections) == 7


def test_every_reason_is_told_in_words() -> None:
    assert set(get_args(FaultCode)) == set(FAULTS)
    assert set(get_args(LossKind)) == set(LOSSES)
