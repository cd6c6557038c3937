"""The builder's pages, as an editor without JavaScript uses them."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.questionnaires import QUESTION_TYPES
from consult.surveys.builder.queries import draft_of
from consult.surveys.models import Consultation
from consult.surveys.services.build import move_question
from consult.surveys.services.draft import Editing, open_draft
from tests.integration.surveys.conftest import EN, answer_all, responses
from tests.pages import PageClient

STAFF = "/en/staff/consultations/sentiers"
BUILD = f"{STAFF}/questionnaire/build"


@pytest.fixture(autouse=True)
def _as_editor(
    editor: Account, consultation: Consultation, sign_in: Callable[[Account], None]
) -> None:
    sign_in(editor)


def fields(page: BeautifulSoup) -> dict[str, Any]:
    """What the page's form would send if its main button was pressed, nothing being changed."""
    form = page.select("main form")[-1]
    sent: dict[str, Any] = {"do": "save"}
    for tag in form.select("input[name], textarea[name]"):
        if tag.get("type") not in ("checkbox", "radio") or tag.has_attr("checked"):
            sent.setdefault(str(tag["name"]), []).append(_value(tag))
    for tag in form.select("select[name]"):
        chosen = tag.select_one("option[selected]") or tag.select_one("option")
        assert chosen
        sent[str(tag["name"])] = chosen["value"]
    return sent


def _value(tag: Tag) -> str:
    return (
        tag.get_text().removeprefix("\n") if tag.name == "textarea" else str(tag.get("value", ""))
    )


def written(name: str) -> dict[str, Any]:
    """A question of the draft, as the database has it now."""
    db.session.rollback()
    draft = draft_of(db.session.scalars(db.select(Consultation)).one())
    assert draft is not None
    pages = draft.definition["sections"]
    return next(q for page in pages for q in page["questions"] if q["name"] == name)


def press(client: PageClient, do: str, path: str = BUILD) -> Any:
    """Presses a button of the list."""
    return client.submit(f"{BUILD}/action", {"do": do}, form_page=path)


def test_the_list_tells_what_is_there(client: PageClient) -> None:
    page = client.page(BUILD).select_one("main")
    assert page
    text = page.get_text(" ", strip=True)
    assert "6 questions" in text
    assert "Do you often walk?" in text
    assert "One choice · required · often" in text
    assert "This is version 1, the one people answer." in text
    assert "Page 2: Your opinion" in text


def test_buttons_of_the_list(client: PageClient) -> None:
    assert press(client, "down-question:often").location.endswith("#question-often")
    press(client, "duplicate-question:region")
    press(client, "add-page:")
    headings = [h.get_text(strip=True) for h in client.page(BUILD).select("main h3")]
    assert headings[:2] == ["With whom?", "Do you often walk?"]
    assert headings.count("Your region") == 2
    asked = client.page(f"{BUILD}/question/region_2/delete")
    assert "Your region" in asked.get_text()
    press(client, "delete-question:region_2", f"{BUILD}/question/region_2/delete")
    headings = [h.get_text(strip=True) for h in client.page(BUILD).select("main h3")]
    assert headings.count("Your region") == 1
    assert press(client, "explode:often").status_code == 303


@pytest.mark.parametrize("kind", list(QUESTION_TYPES))
def test_a_question_of_every_type_is_written_and_comes_back(client: PageClient, kind: str) -> None:
    address = f"{BUILD}/page/habits/add/{kind}"
    sent = fields(client.page(address))
    sent |= {"label-fr": "Ma question à 100 % ?", "label-en": "My question?"}
    for prefix in {key.rpartition("-0-label-fr")[0] for key in sent if "-0-label-fr" in key}:
        sent |= {f"{prefix}-0-label-fr": "Le train", f"{prefix}-0-label-en": "The train"}
        sent |= {f"{prefix}-2-label-fr": "L’autobus"}
    if kind == "scale":
        sent |= {"low-fr": "Non", "low-en": "No", "high-fr": "Oui", "high-en": "Yes"}
    if kind == "calculated":
        sent |= {"calculation": "1 + 1"}
    assert client.post(address, data=sent).status_code == 303
    made = written("ma_question_a_100")
    assert made["type"] == kind
    if "choices" in made:
        assert [choice["name"] for choice in made["choices"]] == ["le_train", "l_autobus"]
    again = fields(client.page(f"{BUILD}/question/ma_question_a_100"))
    assert client.post(f"{BUILD}/question/ma_question_a_100", data=again).status_code == 303
    assert written("ma_question_a_100") == made, "saving it as it is shown changes nothing"


def test_settings_and_logic_are_kept(client: PageClient) -> None:
    address = f"{BUILD}/question/with_whom"
    sent = fields(client.page(address)) | {
        "maximum": "2",
        "other-fr": "Précisez",
        "other-en": "Specify",
        "choices-0-alone": "y",
        "relevant": "${often} != 'never'",
        "required": "y",
        "hint-en": "",
        "hint-fr": "",
        "page": "opinion",
    }
    assert client.post(address, data=sent).status_code == 303
    made = written("with_whom")
    assert (made["maximum"], made["exclusive"], made["required"]) == (2, "alone", True)
    assert made["choices"][-1]["name"] == "other"
    assert made["relevant"] == "${often} != 'never'"
    assert made["hint"] is None
    text = client.page(BUILD).get_text(" ", strip=True)
    assert "Shown only if ${often} != 'never'" in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"maximum": "plusieurs"}, "maximum"),
        ({"name": "Avec qui"}, "name"),
        ({"name": "region"}, "name"),
        ({"label-fr": "abc\x00"}, "label-fr"),
        ({"page": "nowhere"}, "page"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_typed(
    client: PageClient, changes: dict[str, str], field: str
) -> None:
    address = f"{BUILD}/question/with_whom"
    refused = client.post(
        address, data=fields(client.page(address)) | {"label-en": "Who with?"} | changes
    )
    assert refused.status_code == 422
    page = BeautifulSoup(refused.data, "html.parser")
    assert page.select_one(f'.govuk-error-summary a[href="#{field}"]')
    assert "Who with?" in page.select_one("#label-en").get_text()  # type: ignore[union-attr]


def test_rows_grow_and_move_without_javascript(client: PageClient) -> None:
    address = f"{BUILD}/question/often"

    def after(do: str, **typed: str) -> list[str]:
        nonlocal sent
        answer = client.post(address, data=sent | typed | {"do": do})
        assert answer.status_code == 200
        sent = fields(BeautifulSoup(answer.data, "html.parser"))
        keys = [key for key in sent if key.endswith("-label-fr")]
        return ["".join(sent[key]) for key in keys]

    sent = fields(client.page(address))
    assert after("choices-add") == ["Jamais", "Parfois", "Chaque jour", ""]
    typed = {"choices-3-label-fr": "Souvent", "choices-3-label-en": "Often"}
    assert after("choices-up-3", **typed) == ["Jamais", "Parfois", "Souvent", "Chaque jour"]
    assert after("choices-remove-0") == ["Parfois", "Souvent", "Chaque jour"]
    lines = "Rarement | Rarely\n\nEn été\tIn summer\nfixe | Nommé | Named"
    assert after("choices-paste", choices_lines=lines)[3:] == ["Rarement", "En été", "Nommé"]
    client.post(address, data=sent | {"do": "save"})
    names = [choice["name"] for choice in written("often")["choices"]]
    assert names == ["sometimes", "souvent", "daily", "rarement", "en_ete", "fixe"]


def test_a_long_list_is_edited_as_lines(client: PageClient) -> None:
    address = f"{BUILD}/question/often"
    lines = "\n".join(f"Rue {n} | Street {n} " for n in range(100))
    client.post(address, data=fields(client.page(address)) | {"choices_lines": lines})
    sent = fields(client.page(address))
    assert "rue_99 | Rue 99 | Street 99" in sent["choices_lines"][0]
    before = written("often")
    assert client.post(address, data=sent).status_code == 303
    assert written("often") == before
    assert len(before["choices"]) == 103


def test_the_second_of_two_editors_keeps_what_they_typed(
    client: PageClient, editor: Account, consultation: Consultation
) -> None:
    address = f"{BUILD}/question/region"
    sent = fields(client.page(address)) | {"label-fr": "Où vivez-vous ?"}
    revision = open_draft(editor, consultation).revision
    move_question(Editing(editor, consultation, revision, utc_now()), "region", -1)
    db.session.commit()
    refused = client.post(address, data=sent)
    assert refused.status_code == 409
    page = BeautifulSoup(refused.data, "html.parser")
    assert "the questionnaire was changed in another window" in page.get_text()
    assert "Votre région / Your region" in page.get_text()
    again = fields(page)
    assert again["label-fr"] == ["Où vivez-vous ?"]
    assert client.post(address, data=again).status_code == 303
    stale_button = client.post(f"{BUILD}/action", data=sent | {"do": "delete-question:often"})
    assert stale_button.status_code == 303
    assert "Nothing was done" in client.get(BUILD).get_data(as_text=True)
    assert written("often")


@pytest.mark.parametrize("revision", ["", "7", "-1", "x", "9" * 30])
def test_a_page_that_is_too_old_does_nothing(client: PageClient, revision: str) -> None:
    sent = fields(client.page(f"{BUILD}/question/region")) | {"revision": revision}
    assert client.post(f"{BUILD}/question/region", data=sent).status_code == 409
    for path, do in (("action", "delete-question:region"), ("version", ""), ("restart", "")):
        answer = client.post(f"{BUILD}/{path}", data=sent | {"do": do, "number": "1"})
        assert answer.status_code == 303
    assert "Look again" in client.get(BUILD).get_data(as_text=True)


def test_what_was_typed_in_a_question_deleted_meanwhile_can_be_copied(client: PageClient) -> None:
    address = f"{BUILD}/question/change"
    open_page = fields(client.page(address)) | {"label-fr": "Que changer <b>ici</b> ?"}
    press(client, "delete-question:change")
    answer = client.submit(address, open_page)
    assert answer.status_code == 404
    shown = BeautifulSoup(answer.get_data(), "html.parser")
    assert "What you wrote was not saved" in shown.get_text()
    assert "Que changer <b>ici</b> ?" in [item.get_text() for item in shown.select("main li")]


def test_what_others_use_is_not_deleted(client: PageClient) -> None:
    address = f"{BUILD}/question/change"
    client.post(address, data=fields(client.page(address)) | {"relevant": "${often} = 'daily'"})
    press(client, "delete-question:often", f"{BUILD}/question/often/delete")
    told = client.get(BUILD).get_data(as_text=True)
    assert "This answer is used by: “What should change?”" in told


def test_what_is_missing_leads_to_its_field(client: PageClient) -> None:
    for name, typed in (
        ("region", {"label-fr": "Où vivez-vous ?"}),
        ("often", {"choices-1-label-en": ""}),
    ):
        address = f"{BUILD}/question/{name}"
        client.post(address, data=fields(client.page(address)) | typed)
    page = client.page(f"{BUILD}/languages")
    links = {link.get_text(): str(link["href"]) for link in page.select("main li a")}
    assert links == {
        "Question “Do you often walk?”, choice “Parfois”": (
            f"{BUILD}/question/often#choices-1-label-en"
        ),
        "Question “Your region”, text": f"{BUILD}/question/region#label-en",
    }
    assert "the English is older than the French" in page.get_text()
    for href in links.values():
        address, _hash, field = href.partition("#")
        assert client.page(address).select_one(f"#{field}")
    sent = fields(client.page(f"{BUILD}/question/region"))
    client.post(f"{BUILD}/question/region", data=sent | {"label-still_same": "y"})
    assert len(client.page(f"{BUILD}/languages").select("main li a")) == 1


def test_words_of_the_title_and_of_a_page(client: PageClient) -> None:
    for path in ("title", "page/habits"):
        sent = fields(client.page(f"{BUILD}/{path}"))
        sent |= {"title-fr": "Nouveau titre", "title-en": "New title"}
        assert client.post(f"{BUILD}/{path}", data=sent).status_code == 303
        assert client.post(f"{BUILD}/{path}", data=sent).status_code == 409
    text = client.page(BUILD).get_text(" ", strip=True)
    assert text.count("New title") >= 2


def test_the_draft_becomes_a_version_when_it_speaks_both_languages(client: PageClient) -> None:
    address = f"{BUILD}/question/region"
    sent = fields(client.page(address))
    client.post(address, data=sent | {"label-fr": "Où vivez-vous ?"})
    refused = client.submit(f"{BUILD}/version", {}, form_page=BUILD)
    assert refused.status_code == 422
    assert "Question “Your region”, text: the English is older" in refused.get_data(as_text=True)
    sent = fields(client.page(address)) | {"label-still_same": "y"}
    client.post(address, data=sent)
    assert client.submit(f"{BUILD}/version", {}, form_page=BUILD).status_code == 303
    listed = client.page(f"{STAFF}/questionnaire/versions").select("tbody th")
    assert [cell.get_text() for cell in listed] == ["Version 2", "Version 1"]
    assert "Où vivez-vous ?" in client.get(f"{STAFF}/questionnaire/versions/2").get_data(True)
    restart = f"{STAFF}/questionnaire/versions/1"
    client.submit(f"{BUILD}/restart", {"number": "1"}, form_page=restart)
    assert written("region")["label"]["fr"] == "Votre région"


def test_a_trial_follows_the_logic_and_keeps_nothing(client: PageClient) -> None:
    address = f"{BUILD}/question/favourite"
    changed = fields(client.page(address)) | {"relevant": "${often} = 'daily'"}
    assert client.post(address, data=changed).status_code == 303
    address = f"{BUILD}/page/opinion"
    changed = fields(client.page(address)) | {"relevant": "${often} != 'never'"}
    assert client.post(address, data=changed).status_code == 303

    def answer(page: BeautifulSoup, **typed: str) -> BeautifulSoup:
        form = page.select("main form")[-1]
        held = [
            (str(t["name"]), _value(t)) for t in form.select("input[type=hidden]:not([disabled])")
        ]
        sent: dict[str, Any] = {}
        for name, value in held:
            sent.setdefault(name, []).append(value)
        reply = client.post(str(form["action"]), data=sent | typed)
        return BeautifulSoup(reply.data, "html.parser")

    first = client.page(f"{BUILD}/try/1")
    assert "Nothing you answer is kept" in first.get_text()
    assert answer(first).select_one(".govuk-error-summary"), "an answer is required"
    brought = answer(first, q_often="daily")
    assert "bring more questions" in brought.get_text()
    second = answer(brought, q_often="daily", q_favourite="Le grand tour")
    assert second.h1 is not None
    assert second.h1.get_text() == "Your opinion"
    end = answer(second, q_satisfaction="4")
    assert "Le grand tour" in end.get_text()
    skipped = answer(first, q_often="never")
    assert "Here is what would be sent" in skipped.get_text(), "its only other page is skipped"
    assert responses() == []


def test_an_answered_question_keeps_its_name(
    client: PageClient, browser: Callable[[], PageClient]
) -> None:
    answer_all(browser(), EN)
    page = client.page(f"{BUILD}/question/often")
    assert not page.select("[name=name]")
    sent = fields(page) | {"name": "autre", "label-fr": "Marchez-vous ?"}
    client.post(f"{BUILD}/question/often", data=sent)
    assert written("often")["label"]["fr"] == "Marchez-vous ?"


def test_a_viewer_reads_versions_and_writes_nothing(
    client: PageClient, staff: Callable[..., Account], sign_in: Callable[[Account], None]
) -> None:
    client.delete_cookie("session")
    sign_in(staff(Role.VIEWER))
    assert client.get(f"{STAFF}/questionnaire/versions/1").status_code == 200
    for path in ("", "/title", "/languages", "/question/often", "/page/habits/add", "/try/1"):
        assert client.get(f"{BUILD}{path}").status_code == 403
    assert client.get(STAFF).status_code == 200


def test_words_are_never_code(client: PageClient) -> None:
    address = f"{BUILD}/question/often"
    script = "<script>alert(1)</script>"
    client.post(
        address, data=fields(client.page(address)) | {"label-fr": script, "label-en": script}
    )
    for path in ("", "/question/often", "/languages", "/question/often/delete"):
        assert "<script>alert" not in client.get(f"{BUILD}{path}").get_data(as_text=True)
