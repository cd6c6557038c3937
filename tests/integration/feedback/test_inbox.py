"""The team's inbox: filters, pages, verbs, notes, review, the file; and who may do what."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.db import db
from consult.feedback import queries, services
from consult.feedback.models import FeedbackItem, FeedbackNote, FeedbackTag, Review
from consult.feedback.services import Submission, inbox
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

FR = "/fr/equipe/services/permis-en-ligne/avis"
EN = "/en/staff/services/permis-en-ligne/inbox"
NOW = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]

ROWS = [
    Submission(answers={"rating": "1", "comment": "Le code d'accès n'arrive pas"}, lang="fr"),
    Submission(answers={"rating": "5", "comment": "Merci, rapide"}, lang="fr", channel="phone"),
    Submission(
        answers={"rating": "2", "comment": "=1+1 payment refused"}, lang="en", page="/pay/end"
    ),
    Submission(
        question_set="task",
        lang="en",
        answers={"completion": "no", "why_not": "not_found", "ease": "2"},
    ),
    Submission(answers={"rating": "1", "comment": "http://example.com achetez"}, lang="fr"),
]


@pytest.fixture
def items(service: Service) -> list[FeedbackItem]:
    """Five items, a day apart, oldest first; the last one is held."""
    made = [
        services.record(service, row, NOW - timedelta(days=len(ROWS) - number)).item
        for number, row in enumerate(ROWS)
    ]
    made[4].review, made[4].signals = Review.HELD, ["links", "unheard-of"]
    db.session.commit()
    return made


@pytest.fixture
def editor(staff: Staff, sign_in: SignIn) -> Account:
    account = staff(Role.EDITOR)
    sign_in(account)
    return account


def titles(client: PageClient, query: str = "", base: str = FR) -> list[str]:
    return [h3.get_text(strip=True) for h3 in client.page(base + query).select(".app-inbox h3")]


def act(client: PageClient, verb: str, *items: FeedbackItem, query: str = "", **form: str) -> str:
    ids = [str(item.public_id) for item in items]
    answer = client.submit(FR + query, {"verb": verb, "item": ids, **form})
    assert answer.status_code == 303
    db.session.expire_all()
    return str(answer.location)


def test_the_newest_comes_first_in_words(
    client: PageClient, items: list[FeedbackItem], editor: Account
) -> None:
    page = client.page(EN)
    found = page.select(".app-inbox > li")
    assert len(found) == 4
    assert "Were you able to do what you came for?" in found[0].get_text()
    assert "Not yet" not in found[0].get_text()
    assert "2 out of 5 – March 7, 2026" in found[1].get_text(" ").replace("\u00a0", " ")
    assert "/pay/end" in found[1].get_text()
    assert "1 piece of feedback is held" in page.get_text()


@pytest.mark.usefixtures("items", "editor")
def test_filters_live_in_the_address_and_go_together(client: PageClient) -> None:
    counts = {
        "?words=acces": 1,
        "?words=code+-acces": 0,
        "?rating=1": 1,
        "?rating=none": 1,
        "?lang=en": 2,
        "?lang=en&rating=2": 1,
        "?channel=phone": 1,
        "?page=/pay": 1,
        "?page=%25": 0,
        "?question_set=task": 1,
        "?question_set=task&answer=completion.no": 1,
        "?question_set=task&answer=completion.yes": 0,
        '?question_set=task&answer=comp"letion.yes': 1,
        "?state=handled": 0,
        "?state=open": 4,
        "?review=held": 1,
        "?review=all": 5,
        "?review=set_aside": 0,
        "?contact=waiting": 0,
        "?since=2026-03-07": 2,
        "?since=2026-03-07&until=2026-03-07": 1,
        "?until=9999-99-99&rating=7&state=x&review=x&contact=x&lang=de": 4,
        "?older=not-an-id&newer=x": 4,
    }
    assert {query: len(titles(client, query)) for query in counts} == counts
    empty = client.page(f"{FR}?words=code+-acces").get_text(" ")
    assert "Rien ne correspond" in empty


@pytest.mark.usefixtures("editor")
def test_the_list_goes_from_item_to_item_and_back(client: PageClient, service: Service) -> None:
    rows = [
        Submission(answers={"rating": "3", "comment": f"mot {n:02d}"}, submitted_at=NOW)
        for n in range(45)
    ]
    services.record_all(service, rows, NOW)
    db.session.commit()
    page, seen, back = client.page(f"{FR}?words=mot"), [], []
    while True:
        seen.append([quote.get_text() for quote in page.select("blockquote")])
        following = page.find("a", rel="next")
        if following is None:
            break
        page = client.page(following["href"])
    assert [len(one) for one in seen] == [20, 20, 5]
    assert [words for one in seen for words in one] == [f"mot {n:02d}" for n in reversed(range(45))]
    while (previous := page.find("a", rel="prev")) is not None:
        page = client.page(previous["href"])
        back.append([quote.get_text() for quote in page.select("blockquote")])
    assert back == seen[1::-1]


def test_several_are_tagged_and_handled_and_the_list_stays(
    client: PageClient, items: list[FeedbackItem], editor: Account
) -> None:
    assert act(client, "tag", *items[:2], query="?lang=fr", tag="  Code  d'Accès ").endswith(
        f"{FR}?lang=fr#results"
    )
    act(client, "tag", *items[:2], tag="code d'accès")
    assert list(db.session.scalars(select(FeedbackTag.tag))) == ["code d'accès"] * 2
    assert len(titles(client, "?tag=Code+d'accès")) == 2
    act(client, "untag", items[0], tag="code d'accès")
    assert len(titles(client, "?tag=code+d'accès")) == 1
    act(client, "handle", *items[:3])
    assert items[0].handled_by is editor
    assert len(titles(client, "?state=handled")) == 3
    act(client, "reopen", items[0])
    assert (items[0].handled_at, items[0].handled_by_id) == (None, None)
    act(client, "handle")
    assert "Cochez d’abord au moins une ligne" in client.get(FR).get_data(as_text=True)
    act(client, "tag", items[0], tag="x" * 60)
    assert "40 caractères" in client.get(FR).get_data(as_text=True)


def test_what_is_held_counts_once_it_is_kept(
    client: PageClient, service: Service, items: list[FeedbackItem], editor: Account
) -> None:
    held = items[4]
    shown = client.page(f"{FR}?review=held").get_text(" ")
    assert "Le commentaire est un lien" in shown
    assert "unheard-of" in shown
    before = queries.score(service).ratings
    act(client, "keep", held, items[0], query="?review=held")
    assert (held.review, items[0].review) == (Review.KEPT, Review.CLEAR)
    assert queries.score(service).ratings == before + 1
    act(client, "set_aside", held, items[0], query="?review=all")
    assert (held.review, items[0].review) == (Review.SET_ASIDE, Review.CLEAR)
    act(client, "hold", held, query="?review=set_aside")
    assert held.review is Review.HELD
    history = client.page(f"{FR}/{held.public_id}").get_text(" ")
    assert history.index("Gardé : il compte".replace(" :", "\u00a0:")) < history.index(
        "Écarté : il ne compte pas".replace(" :", "\u00a0:")
    )


def test_the_page_of_one_item_has_notes_without_identifiers(
    client: PageClient, items: list[FeedbackItem], editor: Account
) -> None:
    address = f"{FR}/{items[3].public_id}"
    text = client.page(address).get_text(" ")
    assert "Avez-vous pu faire ce que vous vouliez" in text
    sent = client.submit(address, {"verb": "note", "note": "Rappeler au 418 555-0123 <b>"})
    assert sent.location == address
    assert "Rappeler au [téléphone/phone] <b>" in client.page(address).get_text()
    refused = client.submit(address, {"verb": "note", "note": "n" * 2_001})
    assert refused.status_code == 422
    assert "n" * 2_001 in refused.get_data(as_text=True)
    assert db.session.scalars(select(FeedbackNote)).one().author is editor
    client.submit(address, {"verb": "tag", "tag": "  "})
    client.submit(address, {"verb": "tag", "tag": "à suivre"})
    assert "#à suivre" in client.page(address).get_text()
    assert client.submit(address, {"verb": "delete"}).status_code == 422


def test_a_viewer_reads_and_changes_nothing(
    client: PageClient, items: list[FeedbackItem], staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    page = client.page(FR)
    assert page.select("blockquote")
    assert not page.select("main form[method=post]")
    assert not client.page(f"{FR}/{items[0].public_id}").select("main form[method=post]")
    token = client.page(FR).select_one("footer input[name=csrf_token]")["value"]
    form = {"verb": "handle", "item": str(items[0].public_id), "csrf_token": token}
    for address in (FR, f"{FR}/{items[0].public_id}", f"{FR}/{items[0].public_id}/reponse"):
        assert client.post(address, data=form).status_code == 403


def test_the_file_holds_the_filtered_list_and_runs_no_formula(
    client: PageClient, items: list[FeedbackItem], editor: Account
) -> None:
    inbox.tag(editor, [items[2]], "paiement", NOW)
    db.session.commit()
    answer = client.get("/fr/equipe/services/permis-en-ligne/avis.csv?lang=en")
    assert answer.mimetype == "text/csv"
    task, paid = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert (paid["comment"], paid["tags"]) == ("'=1+1 payment refused", "paiement")
    assert paid["submitted_at"].startswith("2026-03-07 11:00:00")
    assert "completion=no|" in task["answers"]
    assert "Avez-vous pu faire ce que vous vouliez" in task["answers_words"]
    assert "contact" not in " ".join(paid)


@pytest.mark.usefixtures("editor")
def test_an_empty_inbox_says_what_to_do(client: PageClient, service: Service) -> None:
    assert "Rien n’est encore arrivé" in client.page(FR).get_text()
