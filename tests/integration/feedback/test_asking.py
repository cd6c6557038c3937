"""The staff's page on how a service asks, and the questions a service brings."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from consult.db import db
from consult.feedback import queries
from consult.feedback.models import OwnQuestionSet
from consult.feedback.question_sets import READY
from consult.organizations.models import Account, Role, Service
from consult.questionnaires.files import as_file
from tests.conftest import ROOT
from tests.pages import PageClient
from tests.unit.feedback.test_limits import choice_question, definition

ADDRESS = "/fr/equipe/services/permis-en-ligne/questions"
ENGLISH = "/en/staff/services/permis-en-ligne/asking"
OWN = f"{ADDRESS}/propres"

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


@pytest.fixture
def administrator(service: Service, staff: Staff, sign_in: SignIn) -> Service:
    """The service, for its administrator, who is signed in."""
    sign_in(staff(Role.ADMINISTRATOR))
    return service


@pytest.fixture
def viewer(service: Service, staff: Staff, sign_in: SignIn) -> Service:
    sign_in(staff(Role.VIEWER))
    return service


def versions(service: Service) -> list[OwnQuestionSet]:
    db.session.rollback()
    return queries.own_versions(service)


def words(answer: TestResponse) -> str:
    text = BeautifulSoup(answer.data, "html.parser").get_text(" ")
    return " ".join(text.split())


def test_each_set_is_shown_with_its_questions_and_source(
    client: PageClient, viewer: Service
) -> None:
    for address, lang in ((ADDRESS, "fr"), (ENGLISH, "en")):
        text = " ".join(client.page(address).find("main").get_text(" ").split())
        for asked in READY.values():
            for told in (asked.title, asked.measures, asked.source):
                assert " ".join(told.in_language(lang).split()) in text
            for question in asked.section.questions:
                assert " ".join(question.label.in_language(lang).split()) in text


def test_the_service_leads_to_it(client: PageClient, viewer: Service) -> None:
    assert client.page(ADDRESS.removesuffix("/questions")).find("a", href=ADDRESS)


def test_the_code_to_paste_names_the_service(client: PageClient, viewer: Service) -> None:
    script, form = (block.get_text() for block in client.page(ADDRESS).find_all("pre"))
    assert f'data-service="{viewer.key}"' in script
    page = f"http://127.0.0.1:8000/fr/services/{viewer.key}/avis"
    assert f'<noscript><a href="{page}">' in script
    ours = script.replace("http://127.0.0.1:8000", "https://consult.example.org")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"```html\n{ours.strip().replace(str(viewer.key), 'KEY')}\n```" in readme
    pasted = BeautifulSoup(form, "html.parser")
    assert pasted.form
    assert (pasted.form["action"], pasted.form["method"]) == (page, "post")
    names = {str(field["name"]) for field in pasted.select("input, textarea")}
    assert names == {"question_set", "return_to", "rating", "comment", "website"}
    trap = pasted.find("input", {"name": "website"})
    assert trap.find_parent(hidden=True)
    assert "style" not in form
    back = pasted.find("input", {"name": "return_to"})["value"]
    assert back == "https://services.example.org/"
    sent = {"question_set": "rating", "return_to": back, "rating": "4"}
    assert (
        client.post(f"/fr/services/{viewer.key}/avis", data=sent).location == f"{back}?avis=merci"
    )


def test_an_administrator_chooses_the_questions(client: PageClient, administrator: Service) -> None:
    chosen = {"question_set": "task", "display": "button", "asks_contact": "y", "part": "asking"}
    assert client.submit(ADDRESS, chosen).status_code == 303
    settings = queries.settings_of(administrator)
    assert (settings.question_set, str(settings.display)) == ("task", "button")
    assert settings.asks_contact
    asked = client.page(ADDRESS).find("input", {"name": "question_set", "value": "task"})
    assert asked.has_attr("checked")
    assert "own" not in {f["value"] for f in client.page(ADDRESS).select("[name=question_set]")}


@pytest.mark.parametrize("wrong", [{"question_set": "own"}, {"display": "popup"}, {}])
def test_a_choice_that_is_not_offered_is_refused(
    client: PageClient, administrator: Service, wrong: dict[str, str]
) -> None:
    chosen = {"question_set": "", "display": "", "part": "asking"} | wrong
    assert client.submit(ADDRESS, chosen).status_code == 422
    assert queries.settings_of(administrator).question_set == "rating"


def test_an_administrator_names_the_sites(client: PageClient, administrator: Service) -> None:
    written = "https://un.example.org/\n\n  https://deux.example.org\nhttps://un.example.org\n"
    assert client.submit(ADDRESS, {"origins": written, "part": "sites"}).status_code == 303
    db.session.refresh(administrator)
    assert administrator.allowed_origins == ["https://un.example.org", "https://deux.example.org"]


def test_a_site_that_is_not_one_is_explained_and_nothing_changes(
    client: PageClient, administrator: Service
) -> None:
    written = "https://un.example.org\n*; script-src *"
    answer = client.submit(ADDRESS, {"origins": written, "part": "sites"})
    assert answer.status_code == 422
    assert "*; script-src *" in answer.get_data(as_text=True)
    db.session.refresh(administrator)
    assert administrator.allowed_origins == ["https://services.example.org"]


def test_others_read_and_change_nothing(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.EDITOR))
    page = client.page(ADDRESS)
    assert page.find("textarea") is None
    assert page.select_one('main a[href*="propres"]') is None
    assert client.submit(ADDRESS, {"origins": "https://un.example.org"}).status_code in (400, 403)
    assert client.get(OWN).status_code == 403
    db.session.refresh(service)
    assert service.allowed_origins == ["https://services.example.org"]


@pytest.mark.parametrize("extension", ["json", "xlsx", "csv"])
def test_a_copy_of_a_set_comes_back_the_same(
    client: PageClient, administrator: Service, extension: str
) -> None:
    content = client.get(f"{ADDRESS}/faces.{extension}").data
    upload = (io.BytesIO(content), f"faces.{extension}")
    found = client.submit(OWN, {"questionnaire": upload, "definition": ""})
    assert found.status_code == 200
    signed = BeautifulSoup(found.data, "html.parser").find("input", {"name": "definition"})
    data = {"csrf_token": csrf(client), "definition": signed["value"]}
    for _twice in range(2):
        agreed = client.post(f"{OWN}/accepter", data=data)
        assert (agreed.status_code, agreed.location) == (303, ADDRESS)
    (version,) = versions(administrator)
    assert version.number == 1
    own = queries.own_set_of(administrator)
    assert own is not None
    assert own.questionnaire == READY["faces"].questionnaire
    assert queries.settings_of(administrator).question_set == "own"
    assert queries.question_set_of(administrator) == own


def csrf(client: PageClient) -> str:
    return str(client.page(OWN).find("input", {"name": "csrf_token"})["value"])


def test_a_definition_is_written_from_a_ready_one(
    client: PageClient, administrator: Service
) -> None:
    written = client.page(f"{OWN}?copy=task").find("textarea").get_text()
    made = json.loads(written)
    assert '"completion"' in written
    made["sections"][0]["questions"][0]["label"]["fr"] = "Est-ce fait ?"
    found = client.submit(OWN, {"definition": json.dumps(made)})
    assert "Est-ce fait ?" in words(found)
    assert versions(administrator) == []


def pasted(client: PageClient, made: dict[str, Any]) -> str:
    return words(client.submit(OWN, {"definition": json.dumps(made)}))


def test_what_is_beyond_the_limits_is_told_and_cannot_be_agreed_to(
    client: PageClient, administrator: Service
) -> None:
    made = definition()
    made["sections"][0]["questions"].insert(0, choice_question("website", constraint=". = 'a'"))
    text = pasted(client, made)
    assert "sert déjà au formulaire" in text
    assert "contraintes" in text
    assert "Poser ces questions désormais" not in text


def test_a_text_in_one_language_is_told(client: PageClient, administrator: Service) -> None:
    made = definition()
    made["sections"][0]["questions"][0]["label"]["en"] = ""
    text = pasted(client, made)
    assert "en anglais" in text
    assert "Poser ces questions désormais" not in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"definition": "{"}, "ligne 1"),
        ({"definition": '{"title": {}}'}, "manque"),
        ({"definition": ""}, "Choisissez un fichier"),
        ({"questionnaire": (b"x", "photo.png")}, "n’est pas lu"),
        ({"questionnaire": (b"PK\x03\x04", "faux.xlsx")}, "abîmé"),
    ],
)
def test_what_cannot_be_read_is_explained(
    client: PageClient, administrator: Service, sent: dict[str, Any], said: str
) -> None:
    if "questionnaire" in sent:
        content, name = sent["questionnaire"]
        sent = {"questionnaire": (io.BytesIO(content), name)}
    answer = client.submit(OWN, sent)
    assert answer.status_code == 422
    assert said in words(answer).replace("\u00a0", " ")


def test_what_was_not_shown_cannot_be_agreed_to(client: PageClient, administrator: Service) -> None:
    data = {"csrf_token": csrf(client), "definition": json.dumps(definition())}
    answer = client.post(f"{OWN}/accepter", data=data)
    assert (answer.status_code, answer.location) == (303, OWN)
    assert versions(administrator) == []


def test_an_xlsform_made_elsewhere_tells_what_it_loses(
    client: PageClient, administrator: Service
) -> None:
    rows = (
        "survey,,,,\n"
        ",type,name,label::fr,label::en\n"
        ",select_one yn,Fait,Est-ce fait ?,Is it done?\n"
        ",geopoint,where,Où ?,Where?\n"
        "choices,,,,\n"
        ",list_name,name,label::fr,label::en\n"
        ",yn,oui,Oui,Yes\n"
        ",yn,non,Non,No\n"
    )
    upload = (io.BytesIO(rows.encode()), "court.csv")
    answer = client.submit(OWN, {"questionnaire": upload})
    assert answer.status_code == 200
    assert "geopoint" in words(answer)


def test_files_of_sets_that_are_not_there(client: PageClient, viewer: Service) -> None:
    assert client.get(f"{ADDRESS}/rating.json").data == as_file(
        READY["rating"].questionnaire, "json"
    )
    for name in ("rating.exe", "inconnu.json", "own-4.json"):
        assert client.get(f"{ADDRESS}/{name}").status_code == 404
