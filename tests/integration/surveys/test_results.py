"""What the public reads of the answers, and what the analysis reads of them."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from consult.db import db, utc_now
from consult.organizations.models import Account
from consult.questionnaires import AnswerError
from consult.surveys import queries
from consult.surveys.models import Consultation
from consult.surveys.services.prepare import add_version
from consult.surveys.services.respond import FilledQuestionnaire, record_all
from tests.factories.questionnaires import trails
from tests.integration.surveys.conftest import EN, answer_all
from tests.pages import PageClient

STAFF = "/en/staff/consultations/sentiers"


def filled(number: int, **answers: Any) -> list[FilledQuestionnaire]:
    moment = utc_now() - timedelta(days=3)
    one = FilledQuestionnaire({"satisfaction": 4, "often": "daily", **answers}, "fr", moment)
    return [one] * number


@pytest.fixture
def closed(make_consultation: Callable[..., Consultation]) -> Callable[..., Consultation]:
    """A closed consultation with these answers."""

    def make(answers: Iterable[FilledQuestionnaire]) -> Consultation:
        now = utc_now()
        made = make_consultation(
            opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
        )
        record_all(made, answers)
        made.results_published_at = now
        db.session.commit()
        return made

    return make


def rows(page: Any, heading: str) -> dict[str, str]:
    title = page.find("h2", string=heading)
    table = title.find_next("table")
    return {
        " ".join(row.th.get_text().split()): " ".join(row.td.get_text().split())
        for row in table.select("tbody tr")
    }


def test_results_show_counts_shares_and_no_small_cell(
    client: PageClient, closed: Callable[..., Consultation]
) -> None:
    secret = "Le banc près du vieux chêne"
    closed(
        filled(12, with_whom=["dog"], change=secret)
        + filled(20, often="sometimes", with_whom=["dog", "family"])
        + filled(3, often="never", favourite=secret)
    )
    page = client.page(f"{EN}/results")
    text = page.get_text()
    assert "35 people answered" in " ".join(text.split())
    assert rows(page, "Do you often walk?") == {
        "Never": "Not shown",
        "Sometimes": "20 (57%)",
        "Every day": "Not shown",
    }
    assert rows(page, "With whom?")["With family"] == "20 (62%)"
    assert rows(page, "With whom?")["With a dog"] == "32 (100%)"
    assert "Too few people" in page.find("h2", string="Your region").find_next("p").get_text()  # type: ignore[union-attr]
    assert secret not in text
    assert "What should change?" not in text
    assert client.get("/fr/consultations/sentiers/resultats").status_code == 200


def test_a_step_of_a_scale_is_told_with_what_its_ends_mean(
    client: PageClient, closed: Callable[..., Consultation]
) -> None:
    closed([one for step in range(1, 6) for one in filled(20 - step, satisfaction=step)])
    told = client.page(f"{EN}/results").get_text()
    assert "Most chosen: 1 out of 5 (1 = Not at all, 5 = Very much), by 22%" in told


def test_a_handful_of_answers_is_not_published(
    client: PageClient, closed: Callable[..., Consultation]
) -> None:
    closed(filled(4))
    page = client.page(f"{EN}/results")
    assert "Fewer than 5 people answered" in page.get_text()
    assert not page.select("table")


def test_drafts_are_never_counted(client: PageClient, consultation: Consultation) -> None:
    client.submit(f"{EN}/questionnaire/1", {"q_often": "daily"})
    assert queries.response_count(consultation) == 0
    answer_all(client, EN)
    assert queries.response_count(consultation) == 1


def test_results_are_published_after_closing_only(
    client: PageClient,
    make_consultation: Callable[..., Consultation],
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    made = make_consultation()
    sign_in(editor)
    client.submit(f"{STAFF}/results", {"public": "yes"}, form_page=STAFF)
    assert "once the consultation is closed" in client.get(STAFF).get_data(as_text=True)
    assert client.get(f"{EN}/results").status_code == 404
    made.closes_at = utc_now() - timedelta(minutes=1)
    db.session.commit()
    shown = client.page(STAFF)
    assert shown.select_one(f'form[action="{STAFF}/results"] button'), "there is a button for it"
    client.submit(f"{STAFF}/results", {"public": "yes"}, form_page=STAFF)
    assert client.get(f"{EN}/results").status_code == 200
    client.submit(f"{STAFF}/results", {"public": "no"}, form_page=STAFF)
    assert client.get(f"{EN}/results").status_code == 404


def test_results_are_not_shown_while_a_consultation_opens_again(
    client: PageClient, closed: Callable[..., Consultation]
) -> None:
    made = closed(filled(12))
    assert client.get(f"{EN}/results").status_code == 200
    made.closes_at = utc_now() + timedelta(days=1)
    db.session.commit()
    assert client.get(f"{EN}/results").status_code == 404


def test_answers_that_a_later_questionnaire_no_longer_offers_are_still_told(
    client: PageClient, closed: Callable[..., Consultation], editor: Account
) -> None:
    made = closed(filled(12) + filled(20, often="sometimes") + filled(8, often="never"))
    definition = trails()
    del definition["sections"][0]["questions"][0]["choices"][0]
    add_version(editor, made, definition, utc_now())
    db.session.commit()
    assert rows(client.page(f"{EN}/results"), "Do you often walk?") == {
        "Sometimes": "20 (50%)",
        "Every day": "12 (30%)",
        "Never": "8 (20%)",
    }


def test_open_answers_reach_the_analysis_with_what_goes_with_them(
    closed: Callable[..., Consultation],
) -> None:
    made = closed(filled(1, change="Plus de bancs.", region="03") + filled(1, satisfaction=2))
    first, second = queries.open_answers(made, "change")
    assert (first.text, first.rating, first.lang, first.region) == ("Plus de bancs.", 4, "fr", "03")
    assert (second.text, second.rating, second.region) == ("", 2, None)
    assert first.submitted_at.tzinfo
    assert queries.open_answers_by_public_id(made, "change", [second.public_id]) == [second]
    assert queries.open_answer_count(made, "change") == 1
    assert [question.name for question in queries.open_questions(made)] == ["favourite", "change"]


def test_ratings_are_blank_without_a_satisfaction_question(
    closed: Callable[..., Consultation],
) -> None:
    made = closed(filled(2, change="Plus de bancs."))
    made.satisfaction_question = None
    assert {row.rating for row in queries.open_answers(made, "change")} == {None}


def test_recorded_answers_obey_the_questionnaire(consultation: Consultation) -> None:
    with pytest.raises(AnswerError):
        record_all(consultation, filled(1, often="hourly"))
    record_all(consultation, filled(1, change="nom@example.org"))
    (row,) = queries.open_answers(consultation, "change")
    assert row.text == "[courriel/email]"


def test_a_question_no_longer_asked_is_still_told_with_its_versions(
    client: PageClient, closed: Callable[..., Consultation], editor: Account
) -> None:
    made = closed(filled(12) + filled(20, often="sometimes"))
    definition = trails()
    del definition["sections"][0]["questions"][0]
    add_version(editor, made, definition, utc_now())
    db.session.commit()
    page = client.page(f"{EN}/results")
    assert rows(page, "Do you often walk?")["Sometimes"] == "20 (62%)"
    block = page.find(id="q-often")
    assert "Asked in version 1 of the questionnaire only" in block.get_text()  # type: ignore[union-attr]


def test_the_public_filters_by_one_thing_and_subtracts_nothing(
    client: PageClient, closed: Callable[..., Consultation]
) -> None:
    closed(
        filled(30, region="03")
        + filled(3, region="03", often="never")
        + filled(40, region="06", often="sometimes")
        + filled(40, region="06", often="never")
        + filled(9, region="13")
        + filled(2, region="10")
    )
    shown = rows(client.page(f"{EN}/results?of=region:03"), "Do you often walk?")
    assert shown["Never"] == "Not shown"
    other = rows(client.page(f"{EN}/results?of=region:06"), "Do you often walk?")
    assert other["Never"] == "Not shown", "else all less this one tells who is left"
    alone = client.page(f"{EN}/results?of=region:10").get_text()
    assert "Too few answers to show" in alone
    assert "Too few answers to show" in client.page(f"{EN}/results?of=region:13").get_text()


def test_the_public_crosses_questions_without_small_counts(
    client: PageClient, closed: Callable[..., Consultation]
) -> None:
    closed(
        filled(30, satisfaction=1)
        + filled(20, satisfaction=5)
        + filled(25, satisfaction=1, often="never")
        + filled(3, satisfaction=5, often="never")
    )
    page = client.page(f"{EN}/results/crosstab?first=often&second=satisfaction")
    table = {
        " ".join(row.th.get_text().split()): [cell.get_text().strip() for cell in row.select("td")]
        for row in page.select("tbody tr")
    }
    assert set(table["Never"][:5]) == {"Not shown"}
    assert table["Total"][-1] == "78"
    assert "3 " not in " ".join(table["Never"])
    assert client.page(f"{EN}/results").select_one(f'a[href="{EN}/results/crosstab"]')


def test_people_who_could_tick_several_are_protected_after_a_version_that_takes_one(
    client: PageClient, editor: Account, closed: Callable[..., Consultation]
) -> None:
    made = closed(filled(18, with_whom=["family", "dog"]) + filled(2, with_whom=["family"]))
    definition = trails()
    question = next(
        q for page in definition["sections"] for q in page["questions"] if q["name"] == "with_whom"
    )
    question["maximum"] = 1
    add_version(editor, made, definition, utc_now())
    db.session.commit()
    shown = rows(client.page(f"{EN}/results"), "With whom?")
    assert shown["With family"] == "20 (100%)"
    assert shown["With a dog"] == "Not shown"
