"""Highlights: figures an editor publishes, and anyone can work out again."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.surveys.models import Consultation, Highlight, Response
from consult.surveys.services.respond import record_all
from tests.integration.surveys.conftest import EN
from tests.integration.surveys.test_results import filled
from tests.pages import PageClient

STAFF = "/en/staff/consultations/sentiers/highlights"
WORDS = {"words_fr": "La plupart marchent chaque jour.", "words_en": "Most walk every day."}

ANSWERS = (
    filled(30, region="03", with_whom=["dog"])
    + filled(20, often="sometimes", region="06", with_whom=["dog", "family"])
    + filled(10, often="never", satisfaction=2, region="03")
)


@pytest.fixture
def closed(
    make_consultation: Callable[..., Consultation],
    editor: Account,
    sign_in: Callable[[Account], None],
) -> Consultation:
    """A closed consultation with public results, and its editor signed in."""
    now = utc_now()
    made = make_consultation(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    record_all(made, ANSWERS)
    made.results_published_at = now
    db.session.commit()
    sign_in(editor)
    return made


def add(client: PageClient, query: str, **words: str) -> Any:
    return client.submit(f"{STAFF}/new?{query}", {**WORDS, **words})


def act(client: PageClient, do: str, place: int = 0) -> None:
    """Presses a button of the highlight at a place of the list."""
    db.session.rollback()
    order = db.select(Highlight).order_by(Highlight.position)
    highlight = db.session.scalars(order).all()[place]
    answer = client.submit(f"{STAFF}/{highlight.public_id}/actions", {"do": do}, form_page=STAFF)
    assert answer.status_code == 303


def printed(client: PageClient) -> list[str]:
    """The highlights of the public page, each with how it is worked out."""
    page = client.page(f"{EN}/results")
    return [" ".join(item.get_text(" ").split()) for item in page.select(".app-figures > li")]


def test_a_figure_is_picked_worded_and_published(client: PageClient, closed: Consultation) -> None:
    query = "question=often&choices=daily&choices=sometimes"
    page = client.page(f"{STAFF}/new?{query}")
    assert "50 of the 60 people" in page.get_text()
    english = page.find(id="words_en").get_text()  # type: ignore[union-attr]
    french = page.find(id="words_fr").get_text()  # type: ignore[union-attr]
    assert "83% of the 60 people who answered “Do you often walk?”" in english
    assert "“Sometimes” or “Every day”" in english
    assert "Marchez-vous souvent" in french
    assert "Parfois" in french
    assert add(client, query).status_code == 303
    assert printed(client) == []
    act(client, "publish")
    (highlight,) = printed(client)
    assert highlight.startswith("Most walk every day.")
    assert "50 of the 60 people who answered this question gave this answer: 83%" in highlight
    assert "Do you often walk?" in highlight
    assert "Version of the questionnaire: 1" in highlight
    assert "Among everyone who answered" in highlight
    act(client, "withdraw")
    assert printed(client) == []


def exported(client: PageClient) -> list[dict[str, str]]:
    file = client.get("/en/staff/consultations/sentiers/export/answers?format=csv&values=codes")
    return list(csv.DictReader(io.StringIO(file.get_data(as_text=True).removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("query", "column", "codes", "region"),
    [
        ("question=often&choices=daily", "often", {"daily"}, None),
        (
            "question=often&choices=daily&choices=never&of=region:03",
            "often",
            {"daily", "never"},
            "03",
        ),
        ("question=with_whom&choices=family", "with_whom.family", {"1"}, None),
        ("question=satisfaction&choices=4&of=lang:fr", "satisfaction", {"4"}, None),
    ],
)
def test_each_printed_figure_is_recomputed_from_the_export(
    client: PageClient,
    closed: Consultation,
    query: str,
    column: str,
    codes: set[str],
    region: str | None,
) -> None:
    more = filled(9, often="sometimes", region="03") + filled(9, region="06")
    record_all(closed, more + filled(9, often="never", region="06"))
    db.session.commit()
    add(client, query)
    act(client, "publish")
    (highlight,) = printed(client)
    told = re.search(r"(\d+) of the (\d+) people who .* gave this answer: (\d+)%", highlight)
    assert told
    answered = [row for row in exported(client) if row[column] and region in (None, row["region"])]
    count = sum(row[column] in codes for row in answered)
    assert [int(n) for n in told.groups()] == [
        count,
        len(answered),
        round(100 * count / len(answered)),
    ]


def test_a_figure_of_few_people_is_never_published(
    client: PageClient, closed: Consultation
) -> None:
    record_all(closed, filled(3, satisfaction=5, region="06"))
    db.session.commit()
    for query in ("question=satisfaction&choices=5", "question=often&choices=daily&of=region:06"):
        assert "Too few people" in client.page(f"{STAFF}/new?{query}").get_text()
        add(client, query)
        page = client.page(STAFF)
        assert not page.select('button[value="publish"]')
        act(client, "publish")
        assert "Too few people" in client.page(STAFF).get_text()
        assert printed(client) == []
        act(client, "remove")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("question=nothing&choices=x", "does not exist"),
        ("question=change&choices=x", "does not exist"),
        ("question=often&choices=hourly", "does not exist"),
        ("question=with_whom&choices=dog&choices=family", "choose one of them"),
    ],
)
def test_what_makes_no_figure_is_refused(
    client: PageClient, closed: Consultation, query: str, reason: str
) -> None:
    answer = client.submit(f"{STAFF}/new?{query}", WORDS, form_page=STAFF)
    assert answer.status_code == 422
    assert reason in answer.get_data(as_text=True)
    assert db.session.query(Highlight).count() == 0


def test_a_highlight_speaks_both_languages_or_waits(
    client: PageClient, closed: Consultation
) -> None:
    add(client, "question=often&choices=daily", words_en=" ")
    act(client, "publish")
    assert "in both languages before you publish" in client.page(STAFF).get_text()
    highlight = db.session.scalars(db.select(Highlight)).one()
    address = f"{STAFF}/{highlight.public_id}"
    assert client.submit(address, WORDS).status_code == 303
    act(client, "publish")
    assert len(printed(client)) == 1
    assert client.submit(address, {**WORDS, "words_fr": ""}).status_code == 303
    assert printed(client)[0].startswith("Most walk"), "the public one keeps both"


def test_nothing_is_highlighted_before_the_closing(
    client: PageClient, closed: Consultation
) -> None:
    closed.closes_at = utc_now() + timedelta(days=1)
    db.session.commit()
    add(client, "question=often&choices=daily")
    act(client, "publish")
    assert db.session.scalars(db.select(Highlight)).one().published_at is None


def test_a_figure_the_answers_no_longer_bear_out_leaves_the_page(
    client: PageClient, closed: Consultation
) -> None:
    add(client, "question=often&choices=daily")
    act(client, "publish")
    assert len(printed(client)) == 1
    response = db.session.scalars(db.select(Response)).first()
    assert response
    response.answers = {**response.answers, "often": "never"}
    db.session.commit()
    assert printed(client) == []
    assert "The answers changed" in client.page(STAFF).get_text()
    act(client, "publish")
    assert printed(client) == []
    act(client, "update")
    act(client, "publish")
    assert "29 of the 60 people" in printed(client)[0]


def test_highlights_stand_in_the_order_of_the_editor(
    client: PageClient, closed: Consultation
) -> None:
    for place, choice in enumerate(("daily", "sometimes", "never")):
        add(client, f"question=often&choices={choice}", words_en=f"Figure {choice}.")
        act(client, "publish", place)
    act(client, "up", 2)
    act(client, "down", 0)
    assert [one.split()[1] for one in printed(client)] == ["never.", "daily.", "sometimes."]
    act(client, "remove", 1)
    assert [one.split()[1] for one in printed(client)] == ["never.", "sometimes."]


def test_only_editors_touch_highlights(
    client: PageClient,
    consultation: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.ANALYST))
    assert client.get(STAFF).status_code == 403
    assert client.get(f"{STAFF}/new").status_code == 403
