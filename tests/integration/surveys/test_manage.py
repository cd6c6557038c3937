"""The staff's side: both languages or nothing, versions that never change, roles."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from consult.db import Localized, db, utc_now
from consult.organizations.models import Account, Organization, Role
from consult.surveys.models import Consultation, QuestionnaireVersion
from consult.surveys.queries import consultation_by_slug
from consult.surveys.services.prepare import add_version
from tests.factories.questionnaires import trails
from tests.integration.surveys.conftest import EN, FR, PAGE_1, PAGE_2, answer_all, responses
from tests.pages import PageClient

STAFF = "/en/staff/consultations"
SignIn = Callable[[Account], None]

TEXTS = {
    f"{part}_{lang}": f"{part} {lang}"
    for part in ("title", "summary", "why", "influence", "decides", "what_next")
    for lang in ("fr", "en")
}
DATES = {
    "opens_at": "2026-01-05T08:00",
    "closes_at": "2031-07-05T16:30",
    "minutes": "6",
    "grace_minutes": "45",
    "access": "open",
}


@pytest.fixture
def as_editor(editor: Account, sign_in: SignIn) -> Account:
    sign_in(editor)
    return editor


def upload(client: PageClient, slug: str, definition: Any, **ticked: str) -> Any:
    content = definition if isinstance(definition, bytes) else json.dumps(definition).encode()
    return client.submit(
        f"{STAFF}/{slug}/questionnaire",
        {"definition": (io.BytesIO(content), "questionnaire.json"), **ticked},
        content_type="multipart/form-data",
    )


def stored(slug: str) -> Consultation:
    db.session.rollback()
    found = consultation_by_slug(slug)
    assert found is not None
    return found


@pytest.mark.usefixtures("as_editor")
def test_from_nothing_to_a_public_consultation(
    client: PageClient, organization: Organization
) -> None:
    typed = {**TEXTS, **DATES, "organization": organization.slug, "slug": "nos-parcs"}
    assert client.submit(f"{STAFF}/new", typed).location == f"{STAFF}/nos-parcs"
    assert "The questionnaire." in client.get(f"{STAFF}/nos-parcs").get_data(as_text=True)
    assert upload(client, "nos-parcs", trails()).status_code == 303
    client.submit(
        f"{STAFF}/nos-parcs/publication", {"public": "yes"}, form_page=f"{STAFF}/nos-parcs"
    )
    assert client.get("/en/consultations/nos-parcs").status_code == 200
    made = stored("nos-parcs")
    assert made.closes_at.isoformat() == "2031-07-05T20:30:00+00:00", "typed in Québec time"
    listed = client.get(STAFF).get_data(as_text=True)
    assert "title en" in listed


@pytest.mark.usefixtures("as_editor")
def test_what_is_missing_in_a_language_is_listed_and_keeps_it_private(
    client: PageClient, make_consultation: Callable[..., Consultation]
) -> None:
    made = make_consultation(public=False, why=Localized("Parce que", ""))
    definition = trails()
    definition["sections"][1]["title"]["fr"] = ""
    upload(client, made.slug, definition)
    page = client.page(f"{STAFF}/sentiers").get_text()
    assert "Why this consultation, in English" in page
    assert "Page “Your opinion”, title, in French" in page
    client.submit(f"{STAFF}/sentiers/publication", {"public": "yes"}, form_page=f"{STAFF}/sentiers")
    assert client.get(EN).status_code == 404


@pytest.mark.usefixtures("as_editor")
def test_a_public_consultation_stays_whole(client: PageClient, consultation: Consultation) -> None:
    blank = {**TEXTS, **DATES, "why_en": "", "satisfaction_question": "satisfaction"}
    answer = client.submit(f"{STAFF}/sentiers/texts", blank)
    assert answer.status_code == 422
    assert 'href="#why_en"' in answer.get_data(as_text=True)
    assert "title fr" in answer.get_data(as_text=True), "what was typed is kept"
    definition = trails()
    definition["title"]["en"] = ""
    assert upload(client, "sentiers", definition).status_code == 422
    made = stored("sentiers")
    assert made.why.en == "why in English"
    assert len(made.versions) == 1


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 \xff\xfe", "not UTF-8"),
        (b'{"title": {', "line 1"),
        (b'{"title": {"fr": "a"}, "sections": []}', "pages (sections): "),
        (b'{"sections": [{}]}', "page 1, title (sections[0].title): This part is missing."),
        (json.dumps({**trails(), "theme": "dark"}).encode(), "theme: "),
    ],
)
def test_a_file_at_fault_is_refused_with_its_place(
    client: PageClient, content: bytes, words: str
) -> None:
    answer = upload(client, "sentiers", content)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert len(stored("sentiers").versions) == 1


@pytest.mark.usefixtures("as_editor", "consultation")
def test_words_of_a_questionnaire_are_never_code(client: PageClient) -> None:
    definition = trails()
    script = "<script>alert(1)</script>"
    definition["sections"][0]["questions"][0]["label"] = {"fr": script, "en": script}
    assert upload(client, "sentiers", definition).status_code == 303
    assert "<script>alert" not in client.get(f"{EN}/questionnaire/1").get_data(as_text=True)


def test_a_version_never_changes_and_answers_keep_theirs(
    client: PageClient, consultation: Consultation, editor: Account
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    definition = trails()
    definition["sections"] = definition["sections"][1:]
    add_version(editor, consultation, definition, utc_now())
    db.session.commit()
    assert client.get(f"{FR}/questionnaire/2").status_code == 200, "the draft keeps two pages"
    client.submit(f"{FR}/questionnaire/2", PAGE_2)
    client.submit(f"{FR}/verification", {})
    assert responses()[0].version.number == 1
    version = db.session.scalars(db.select(QuestionnaireVersion)).first()
    assert version is not None
    version.definition = {}
    with pytest.raises(RuntimeError, match="never changes"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": "2026-01-05T08:00"}, "closes_at"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"minutes": "0"}, "minutes"),
        ({"title_fr": ""}, "title_fr"),
        ({"why_fr": "abc\x00"}, "why_fr"),
    ],
)
def test_details_at_fault_are_told(client: PageClient, changes: dict[str, str], field: str) -> None:
    answer = client.submit(f"{STAFF}/sentiers/texts", {**TEXTS, **DATES, **changes})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)


@pytest.mark.usefixtures("as_editor")
@pytest.mark.parametrize(
    "closes_at",
    ["2026-11-30T04:59:59+00:00", "2026-11-01T05:30+00:00", "2026-11-01T06:30+00:00"],
)
def test_saving_the_page_as_it_is_shown_moves_no_date(
    client: PageClient, make_consultation: Callable[..., Consultation], closes_at: str
) -> None:
    """Seconds are not shown; one hour comes twice when the clocks go back."""
    closing = datetime.fromisoformat(closes_at)
    make_consultation(closes_at=closing, opens_at=closing - timedelta(days=9))
    page = client.page(f"{STAFF}/sentiers/texts")
    shown = {str(field["name"]): field["value"] for field in page.select("input[type^=datetime]")}
    typed = {**TEXTS, **DATES, **shown, "minutes": "7", "satisfaction_question": "satisfaction"}
    assert client.submit(f"{STAFF}/sentiers/texts", typed).status_code == 303
    made = stored("sentiers")
    assert (made.minutes, made.closes_at) == (7, closing)
    typed["closes_at"] = "2031-07-05T16:30"
    client.submit(f"{STAFF}/sentiers/texts", typed)
    assert stored("sentiers").closes_at.isoformat() == "2031-07-05T20:30:00+00:00"


@pytest.mark.usefixtures("as_editor")
def test_a_question_that_was_answered_keeps_its_type(
    client: PageClient, consultation: Consultation, browser: Callable[[], PageClient]
) -> None:
    definition = trails()
    satisfaction = definition["sections"][1]["questions"][0]
    definition["sections"][1]["questions"][0] = {
        name: satisfaction[name] for name in ("name", "label", "required")
    } | {"type": "short_text"}
    answer_all(browser(), EN)
    refused = upload(client, "sentiers", definition)
    assert refused.status_code == 422
    assert "sections[1].questions[0].type" in refused.get_data(as_text=True)
    assert len(stored("sentiers").versions) == 1
    definition["sections"][1]["questions"][0]["name"] = "in_words"
    stored("sentiers").satisfaction_question = None
    db.session.commit()
    assert upload(client, "sentiers", definition).status_code == 303


@pytest.mark.usefixtures("as_editor", "consultation")
@pytest.mark.parametrize("slug", ["sentiers", "Nos Parcs", "../parcs", "", "parcs\n"])
def test_an_address_is_free_and_plain(
    client: PageClient, organization: Organization, slug: str
) -> None:
    typed = {**TEXTS, **DATES, "organization": organization.slug, "slug": slug}
    answer = client.submit(f"{STAFF}/new", typed)
    assert answer.status_code == 422
    assert 'href="#slug"' in answer.get_data(as_text=True)


@pytest.mark.usefixtures("as_editor")
def test_results_are_published_and_withdrawn_from_the_page(
    client: PageClient, consultation: Consultation
) -> None:
    page = client.page(f"{STAFF}/sentiers")
    assert not page.select('form[action$="/results"]'), "nothing to publish while it is open"
    closing = {**TEXTS, **DATES, "closes_at": "2026-01-06T08:00", "satisfaction_question": ""}
    assert client.submit(f"{STAFF}/sentiers/texts", closing).status_code == 303
    assert press(client, "/results").status_code == 303
    assert client.get(f"{EN}/results").status_code == 200
    assert press(client, "/results").status_code == 303
    assert client.get(f"{EN}/results").status_code == 404


def press(client: PageClient, path: str) -> Any:
    """Presses the button of the form that sends to ``path``, with what the form holds."""
    form = client.page(f"{STAFF}/sentiers").select_one(f'form[action$="{path}"]')
    assert form is not None, f"no button for {path}"
    held = {str(tag["name"]): str(tag["value"]) for tag in form.select("input[type=hidden]")}
    return client.post(str(form["action"]), data=held)


@pytest.mark.usefixtures("as_editor")
def test_a_text_changed_in_one_language_waits_to_be_read_in_the_other(
    client: PageClient, make_consultation: Callable[..., Consultation]
) -> None:
    make_consultation(public=False)
    typed = {**TEXTS, **DATES, "satisfaction_question": "satisfaction"}
    client.submit(f"{STAFF}/sentiers/texts", typed)
    assert stored("sentiers").stale_texts == [], "both sides changed"
    client.submit(f"{STAFF}/sentiers/texts", {**typed, "why_fr": "Autre chose", "title_en": "New"})
    page = client.page(f"{STAFF}/sentiers").get_text()
    assert "Why this consultation: the English is older than the French: read it again" in page
    assert "Title: the French is older" in page
    typed |= {"why_fr": "Autre chose", "title_en": "New", "title_fr": "Nouveau"}
    client.submit(f"{STAFF}/sentiers/texts", {**typed, "still_same": ["why"]})
    assert stored("sentiers").stale_texts == []


@pytest.mark.usefixtures("as_editor", "consultation")
def test_a_public_text_is_never_older_than_its_other_side(client: PageClient) -> None:
    typed = {**TEXTS, **DATES, "satisfaction_question": "satisfaction"}
    client.submit(f"{STAFF}/sentiers/texts", typed)
    corrected = {**typed, "why_fr": "why fr, corrigé"}
    refused = client.submit(f"{STAFF}/sentiers/texts", corrected)
    assert refused.status_code == 422
    assert 'href="#why_en"' in refused.get_data(as_text=True)
    boxes = BeautifulSoup(refused.data, "html.parser").select("[name=still_same]")
    assert [box["value"] for box in boxes] == ["why"]
    typed = {**corrected, "still_same": ["why"]}
    assert client.submit(f"{STAFF}/sentiers/texts", typed).status_code == 303


@pytest.mark.usefixtures("as_editor")
def test_a_file_that_changes_one_language_makes_the_other_stale(
    client: PageClient, make_consultation: Callable[..., Consultation]
) -> None:
    make_consultation(public=False)
    definition = trails()
    definition["sections"][0]["questions"][0]["choices"][1]["label"]["fr"] = "De temps en temps"
    upload(client, "sentiers", definition)
    told = "Question “Do you often walk?”, choice “Sometimes”: the English is older"
    assert told in client.page(f"{STAFF}/sentiers").get_text()
    upload(client, "sentiers", definition, still_same="y")
    assert told not in client.page(f"{STAFF}/sentiers").get_text()


@pytest.mark.usefixtures("as_editor", "consultation")
def test_grace_and_access_are_the_editors(client: PageClient) -> None:
    typed = {**TEXTS, **DATES, "grace_minutes": "0", "access": "invited"}
    client.submit(f"{STAFF}/sentiers/texts", {**typed, "satisfaction_question": ""})
    made = stored("sentiers")
    assert (made.grace_minutes, made.access) == (0, "invited")
    assert made.last_call == made.closes_at


@pytest.mark.usefixtures("as_editor")
def test_one_held_elsewhere_says_nothing_of_taking_part(
    client: PageClient, organization: Organization
) -> None:
    typed = {**TEXTS, **DATES, "organization": organization.slug, "slug": "ailleurs"}
    client.submit(f"{STAFF}/new", {**typed, "held_elsewhere": "y"})
    page = client.page(f"{STAFF}/ailleurs/texts")
    assert not page.select("[name=grace_minutes], [name=access]")
    client.submit(f"{STAFF}/ailleurs/texts", {**TEXTS, **DATES, "satisfaction_question": ""})
    assert stored("ailleurs").held_elsewhere


def test_roles(
    client: PageClient, consultation: Consultation, staff: Callable[..., Account], sign_in: SignIn
) -> None:
    asked = client.get(STAFF).location
    assert asked.startswith("/en/sign-in")
    client.get(asked)
    sign_in(staff(Role.VIEWER))
    assert "Our trails" in client.get(STAFF).get_data(as_text=True)
    assert client.get(f"{STAFF}/new").status_code == 403
    assert not client.page(f"{STAFF}/sentiers").select("main form")
    for path in ("/texts", "/questionnaire"):
        assert client.get(f"{STAFF}/sentiers{path}").status_code == 403
    for path in ("/texts", "/publication", "/results"):
        typed = {**TEXTS, **DATES, "public": "no", "satisfaction_question": ""}
        refused = client.submit(f"{STAFF}/sentiers{path}", typed, form_page="/en/consultations")
        assert refused.status_code in (400, 403)
    assert stored("sentiers").published_at


def test_another_body_sees_nothing(
    client: PageClient, consultation: Consultation, staff: Callable[..., Account], sign_in: SignIn
) -> None:
    sign_in(staff(Role.ADMINISTRATOR, None))
    assert "Our trails" not in client.get(STAFF).get_data(as_text=True)
    assert client.get(f"{STAFF}/sentiers").status_code == 403
    assert client.get(f"{STAFF}/inconnue").status_code == 404
