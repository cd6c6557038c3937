"""Taking part, as a person does it: no account, no script, two languages."""

from collections.abc import Callable
from typing import Any

import pytest

from consult.surveys.models import Consultation
from tests.integration.surveys.conftest import EN, FR, PAGE_1, PAGE_2, answer_all, responses
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("consultation")


@pytest.mark.parametrize(
    ("site", "check", "words", "thanks"),
    [
        (
            FR,
            "verification",
            ["Chaque jour", "En famille", "Capitale-Nationale", "4 sur 5"],
            "Merci",
        ),
        (
            EN,
            "check",
            ["Every day", "With family", "Capitale-Nationale", "4 out of 5"],
            "Thank you",
        ),
    ],
)
def test_from_the_first_page_to_the_receipt(
    client: PageClient, site: str, check: str, words: list[str], thanks: str
) -> None:
    start = client.page(site).select_one("main a.govuk-button")
    assert start is not None
    assert start["href"] == f"{site}/questionnaire/1"
    assert client.submit(f"{site}/questionnaire/1", PAGE_1).location == f"{site}/questionnaire/2"
    assert client.submit(f"{site}/questionnaire/2", PAGE_2).location == f"{site}/{check}"
    shown = client.get(f"{site}/{check}").get_data(as_text=True)
    assert all(word in shown for word in [*words, "Plus de bancs."])
    receipt = client.get(client.submit(f"{site}/{check}", {}).location).get_data(as_text=True)
    (response,) = responses()
    assert response.is_submitted
    assert response.lang == site[1:3]
    assert thanks in receipt
    assert all(f"<span>{group}</span>" in receipt for group in response.receipt_groups)


def test_answers_are_kept_as_chosen(client: PageClient) -> None:
    answer_all(client)
    assert responses()[0].answers == {
        "often": "daily",
        "with_whom": ["family", "dog"],
        "favourite": "Le grand tour",
        "satisfaction": 4,
        "change": "Plus de bancs.",
        "region": "03",
    }


def test_sending_twice_refreshing_and_going_back_count_once(client: PageClient) -> None:
    receipt = answer_all(client)
    first = client.get(receipt).get_data(as_text=True)
    token = _token(client, receipt)
    for _again in range(2):
        assert client.post(f"{FR}/verification", data={"csrf_token": token}).location == receipt
    late = client.post(f"{FR}/questionnaire/1", data={"csrf_token": token, **PAGE_1})
    assert late.location == receipt
    assert client.get(f"{FR}/questionnaire/1").location == receipt
    assert client.get(f"{FR}/verification").location == receipt
    (response,) = responses()
    assert response.answers["often"] == "daily"
    assert all(group in first for group in response.receipt_groups)


def test_a_late_change_of_what_was_sent_is_shown_and_can_become_a_correction(
    client: PageClient,
) -> None:
    receipt = answer_all(client)
    typed = {"q_often": "never", "q_favourite": "La boucle du lac"}
    late = client.post(
        f"{FR}/questionnaire/1", data={"csrf_token": _token(client, receipt), **typed}
    )
    assert late.status_code == 409
    page = late.get_data(as_text=True)
    assert "La boucle du lac" in page
    assert f'action="{FR}/correction"' in page
    assert responses()[0].answers["often"] == "daily"


def _draft() -> dict[str, Any]:
    draft = responses()[0].draft
    assert draft is not None
    return draft


def _token(client: PageClient, page: str) -> str:
    return str(client.page(page).select_one("main form input[name=csrf_token]")["value"])  # type: ignore[index]


def test_an_error_is_summarised_and_what_was_typed_stays(client: PageClient) -> None:
    answer = client.submit(f"{FR}/questionnaire/1", {"q_favourite": "Le grand tour"})
    assert answer.status_code == 303, "Back and Reload do not ask to send the form again"
    page = client.get(answer.location).get_data(as_text=True)
    assert "<title>Erreur" in page
    assert 'href="#q_often"' in page
    assert "Le grand tour" in page
    again = client.page(f"{FR}/questionnaire/1")
    assert again.select_one("#q_favourite")["value"] == "Le grand tour"  # type: ignore[index]


def test_too_long_an_answer_is_kept_and_told(client: PageClient) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    answer = client.submit(f"{EN}/questionnaire/2", {**PAGE_2, "q_change": "a" * 61})
    page = client.get(answer.location).get_data(as_text=True)
    assert "61 characters" in page
    assert "a" * 61 in page
    sent = client.submit(f"{EN}/check", {}, form_page=f"{EN}/questionnaire/2")
    assert sent.location == f"{EN}/questionnaire/2?mend=1"
    assert not responses()[0].is_submitted


def test_switching_language_keeps_an_unfinished_page(client: PageClient) -> None:
    typed = {"q_favourite": "The long loop", "q_with_whom": ["dog"], "switch_language": "fr"}
    assert client.submit(f"{EN}/questionnaire/1", typed).location == f"{FR}/questionnaire/1"
    page = client.page(f"{FR}/questionnaire/1")
    assert page.select_one("#q_favourite")["value"] == "The long loop"  # type: ignore[index]
    assert [box["value"] for box in page.select("input[checked]")] == ["dog"]
    assert not page.select(".govuk-error-summary")
    button = page.select_one("button[name=switch_language]")
    assert button is not None
    assert button["form"] == "questions"


def test_every_step_can_be_read_in_the_other_language(client: PageClient) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{EN}/questionnaire/2", PAGE_2)
    assert "Every day" in client.get(f"{EN}/check").get_data(as_text=True)
    client.submit(f"{FR}/verification", {})
    assert client.get(f"{EN}/receipt").status_code == 200


def test_personal_information_never_reaches_the_database(client: PageClient) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    typed = {**PAGE_2, "q_change": "Appelez-moi au 418 555-0123"}
    answer = client.submit(f"{FR}/questionnaire/2", typed)
    assert _draft()["change"] == "Appelez-moi au [téléphone/phone]"
    notice = client.page(answer.location).select_one(".app-notice")
    assert notice is not None
    assert "Que faut-il changer" in notice.get_text()
    assert "Votre région" not in notice.get_text()
    typed = {"q_change": "nom@example.org", "switch_language": "en"}
    answer = client.submit(f"{FR}/questionnaire/2", typed)
    assert _draft()["change"] == "[courriel/email]"
    notice = client.page(answer.location).select_one(".app-notice")
    assert notice is not None
    assert "To protect you" in notice.get_text()


def test_skipping_ahead_leads_back_to_what_is_missing(client: PageClient) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    missing = client.get(f"{FR}/verification").location
    assert missing == f"{FR}/questionnaire/2?mend=1"
    page = client.get(missing).get_data(as_text=True)
    assert 'href="#q_satisfaction"' in page
    assert "Il manque des réponses" in page


def test_starting_in_the_middle_leads_to_the_beginning(client: PageClient) -> None:
    assert client.get(f"{FR}/questionnaire/2").location == f"{FR}/questionnaire/1"
    assert client.get(f"{FR}/verification").location == f"{FR}/questionnaire/1"
    assert client.get(f"{FR}/recu").location == FR
    assert "Aucune réponse" in client.get(FR).get_data(as_text=True)


def test_reading_writes_nothing(client: PageClient) -> None:
    for path in ("", "/questionnaire/1", "/questionnaire/2", "/verification", "/recu"):
        client.get(FR + path)
    assert responses() == []


def test_change_leads_to_the_question_and_back_to_the_check(client: PageClient) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{FR}/questionnaire/2", PAGE_2)
    links = [str(a["href"]) for a in client.page(f"{FR}/verification").select("dl a")]
    assert f"{FR}/questionnaire/1?change=1#q_often" in links
    assert len(links) == 6
    refused = client.submit(f"{FR}/questionnaire/1?change=1", {"q_favourite": "Le grand tour"})
    assert "change=1" in refused.location
    changed = client.submit(refused.location, {**PAGE_1, "q_often": "never"})
    assert changed.location == f"{FR}/verification"
    assert "Jamais" in client.get(changed.location).get_data(as_text=True)


def test_an_answer_can_be_taken_back(client: PageClient) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{FR}/questionnaire/1", {"q_often": "daily"})
    assert _draft() == {"often": "daily"}


def test_two_people_do_not_see_each_other(
    client: PageClient, browser: Callable[[], PageClient]
) -> None:
    answer_all(client)
    other = browser()
    assert other.get(f"{FR}/recu").location == FR
    answer_all(other)
    first, second = responses()
    assert first.receipt_code != second.receipt_code


def test_someone_else_can_answer_on_the_same_device(client: PageClient) -> None:
    receipt = answer_all(client)
    answer = client.submit(f"{FR}/autre-personne", {}, form_page=receipt)
    assert answer.location == FR
    answer_all(client)
    assert len([response for response in responses() if response.is_submitted]) == 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"q_change": "abc\x00def"}, "character that cannot be kept"),
        ({"q_satisfaction": "11"}, "Choose among the answers"),
        ({"q_region": "99"}, "Choose among the answers"),
    ],
)
def test_what_no_browser_sends_gets_a_clear_error(
    client: PageClient, typed: dict[str, str], message: str
) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    answer = client.submit(f"{EN}/questionnaire/2", {**PAGE_2, **typed})
    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)


def test_emoji_and_right_to_left_text_come_back_as_written(client: PageClient) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    text = "Merci 👩🏽‍🌾 شكرا"
    client.submit(f"{FR}/questionnaire/2", {**PAGE_2, "q_change": text})
    assert text in client.get(f"{FR}/verification").get_data(as_text=True)


def test_three_megabytes_are_refused_and_nothing_is_written(client: PageClient) -> None:
    answer = client.submit(f"{FR}/questionnaire/1", {**PAGE_1, "q_favourite": "a" * 3_000_000})
    assert answer.status_code == 413
    assert responses() == []


def test_without_cookies_the_reason_is_told(client: PageClient) -> None:
    answer = client.post(f"{EN}/questionnaire/1", data=PAGE_1)
    assert answer.status_code == 400
    assert "cookies are blocked" in answer.get_data(as_text=True)
    assert responses() == []


@pytest.mark.parametrize("page", ["0", "3", "99"])
def test_a_page_that_does_not_exist(client: PageClient, page: str) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    assert client.get(f"{FR}/questionnaire/{page}").status_code == 404


def test_a_consultation_is_found_by_its_address_only(
    client: PageClient, consultation: Consultation
) -> None:
    assert client.get("/fr/consultations/inconnue").status_code == 404
    assert client.get(f"/fr/consultations/{consultation.public_id}").status_code == 404
