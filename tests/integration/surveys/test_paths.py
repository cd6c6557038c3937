"""Answers bring and take away questions and pages, with no script; nothing hidden is sent."""

from collections.abc import Callable

import pytest

from consult.db import db, utc_now
from consult.questionnaires import AnswerError
from consult.surveys.models import Consultation
from consult.surveys.services.respond import FilledQuestionnaire, record_all
from tests.integration.surveys.conftest import EN, form_of, responses
from tests.integration.surveys.paths import paths
from tests.pages import PageClient

PAGE = f"{EN}/questionnaire"


@pytest.fixture(autouse=True)
def consultation(make_consultation: Callable[..., Consultation]) -> Consultation:
    return make_consultation(questionnaire=paths(), satisfaction_question=None)


def texts(client: PageClient, path: str) -> str:
    """What is seen of a page."""
    page = client.page(path)
    for unseen in page.select("[hidden]"):
        unseen.decompose()
    return " ".join(page.get_text().split())


def test_an_answer_brings_a_question_on_the_same_page_and_says_so(client: PageClient) -> None:
    assert "Why not?" not in texts(client, f"{PAGE}/1")
    answer = client.submit(f"{PAGE}/1", {"q_bus": "no"})
    assert answer.location == f"{PAGE}/1"
    page = texts(client, f"{PAGE}/1")
    assert "Your answers bring 1 more question on this page." in page
    assert "Why not?" in page
    assert "Noted." in page
    assert "Fix this" not in page
    again = client.submit(f"{PAGE}/1", {"q_bus": "no"})
    assert again.location == f"{PAGE}/1?mend=1"
    assert "Write an answer" in texts(client, again.location)
    on = client.submit(f"{PAGE}/1", {"q_bus": "no", "q_why_not": "Too slow"})
    assert on.location == f"{PAGE}/3"


def test_a_page_with_nothing_to_show_is_skipped_both_ways(client: PageClient) -> None:
    client.submit(f"{PAGE}/1", {"q_bus": "no"})
    client.submit(f"{PAGE}/1", {"q_bus": "no", "q_why_not": "Too slow"})
    last = client.page(f"{PAGE}/3")
    assert "Page 2 of 2" in last.get_text().replace("\u00a0", " ")
    assert last.select_one(".govuk-back-link")["href"] == f"{PAGE}/1"  # type: ignore[index]
    assert client.get(f"{PAGE}/2").location == f"{PAGE}/3"
    links = [str(a["href"]) for a in client.page(f"{EN}/check").select("dl a")]
    assert links[0] == f"{PAGE}/1?change=1#q_bus"
    assert not any(f"{PAGE}/2" in link for link in links)


def test_what_is_hidden_comes_back_as_it_was_and_is_never_sent(client: PageClient) -> None:
    client.submit(f"{PAGE}/1", {"q_bus": "no"})
    client.submit(f"{PAGE}/1", {"q_bus": "no", "q_why_not": "Too slow"})
    typed = {"q_bus": "yes", "q_why_not": "Too slow"}
    assert client.submit(f"{PAGE}/1", typed).location == f"{PAGE}/2"
    client.submit(f"{PAGE}/1", {"q_bus": "no"})
    page = client.page(f"{PAGE}/1")
    assert page.select_one("[name=q_why_not]")["value"] == "Too slow"  # type: ignore[index]
    client.submit(f"{PAGE}/1", typed)
    client.submit(f"{PAGE}/2", {"q_rides": "4", "q_fare": "3"})
    client.submit(f"{PAGE}/3", {"q_town": "Lévis"})
    shown = texts(client, f"{EN}/check")
    assert "Too slow" not in shown
    client.submit(f"{EN}/check", {})
    assert responses()[0].answers == {
        "bus": "yes", "rides": 4, "fare": 3, "town": "Lévis", "source": "site", "double": "8",
    }  # fmt: skip


def test_an_answer_can_break_a_rule_of_another_page(client: PageClient) -> None:
    client.submit(f"{PAGE}/1", {"q_bus": "yes"})
    refused = client.submit(f"{PAGE}/2", {"q_rides": "2", "q_fare": "3"})
    assert refused.location == f"{PAGE}/2?mend=1"
    assert "At most one a ride." in texts(client, refused.location)
    client.submit(f"{PAGE}/3", {"q_town": "Lévis"})
    assert client.get(f"{EN}/check").location == f"{PAGE}/2?mend=1"
    sent = client.submit(f"{EN}/check", {}, form_page=f"{PAGE}/3")
    assert sent.location == f"{PAGE}/2?mend=1"


def test_the_code_of_the_first_link_is_kept(client: PageClient) -> None:
    start = client.page(f"{EN}?source=affiche&other=1").select_one("main a.govuk-button")
    assert start is not None
    assert start["href"] == f"{PAGE}/1?source=affiche"
    client.submit(str(start["href"]), {"q_bus": "yes"})
    client.submit(f"{PAGE}/2?source=autre", {})
    client.submit(f"{PAGE}/3", {})
    client.submit(f"{EN}/check", {})
    assert responses()[0].answers["source"] == "affiche"


def test_a_link_with_a_strange_code_is_as_one_without(client: PageClient) -> None:
    client.submit(f"{PAGE}/1?source=<b>bold", {"q_bus": "yes"})
    client.submit(f"{PAGE}/3", {})
    client.submit(f"{EN}/check", {})
    assert responses()[0].answers["source"] == "site"


def test_the_preview_tells_what_shows_and_stores_nothing(client: PageClient) -> None:
    shown = client.page(f"{PAGE}/1")
    form = form_of(client, f"{PAGE}/1")
    url = str(shown.select_one("form#questions")["data-preview"])  # type: ignore[index]
    answer = client.post(url, data={**form, "q_bus": "no", "shown": ["bus"]})
    assert answer.json == {"visible": ["bus", "sorry", "why_not"], "choices": {}, "labels": {}}
    answer = client.post(url, data={**form, "q_bus": "yes", "shown": ["bus"]})
    assert answer.json is not None
    assert answer.json["visible"] == ["bus"]
    assert responses() == []
    assert client.post(url, data={"q_bus": "no"}).status_code == 400


def test_the_preview_repeats_answers_in_later_labels(client: PageClient) -> None:
    client.submit(f"{PAGE}/1", {"q_bus": "yes"})
    shown = client.page(f"{PAGE}/3")
    token = str(shown.select_one("main input[name=csrf_token]")["value"])  # type: ignore[index]
    form = {"csrf_token": token, "q_town": "<b>Lévis", "shown": ["town", "place"]}
    answer = client.post(f"{PAGE}/3/preview", data=form)
    assert answer.json is not None
    assert answer.json["labels"] == {"place": "Why <b>Lévis?"}
    assert responses()[0].current == {"bus": "yes"}


def test_nothing_at_all_is_not_sent(
    client: PageClient, make_consultation: Callable[..., Consultation]
) -> None:
    definition = paths()
    definition["sections"] = definition["sections"][2:]
    definition["sections"][0]["questions"] = definition["sections"][0]["questions"][:1]
    make_consultation("vide", questionnaire=definition, satisfaction_question=None)
    site = "/en/consultations/vide"
    client.submit(f"{site}/questionnaire/1", {})
    assert client.submit(f"{site}/check", {}).location == f"{site}/questionnaire/1"
    assert "Answer at least one question" in texts(client, f"{site}/questionnaire/1")
    assert not responses()[0].is_submitted


def test_answers_given_elsewhere_go_through_the_same_logic(consultation: Consultation) -> None:
    moment = utc_now()
    answers = {"bus": "no", "why_not": "Too slow", "rides": "4", "fare": "9"}
    assert record_all(consultation, [FilledQuestionnaire(answers, "fr", moment)]) == 1
    db.session.commit()
    assert responses()[0].answers == {"bus": "no", "why_not": "Too slow", "source": "site"}
    for broken, code in [
        ({"bus": "no"}, "required"),
        ({"bus": "yes", "rides": "1", "fare": "2"}, "constraint"),
        ({"bus": "yes", "rides": "many"}, "not_integer"),
    ]:
        with pytest.raises(AnswerError) as refused:
            record_all(consultation, [FilledQuestionnaire(broken, "fr", moment)])
        assert refused.value.code == code
