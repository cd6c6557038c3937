"""Signs of repeated participation: found, told, and nothing changed by them."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from consult.db import db, utc_now
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations.models import Account, Role
from consult.surveys.models import Channel, Consultation, Response, ResponseState
from consult.surveys.receipts import new_receipt_code
from consult.surveys.results.asked import asked
from consult.surveys.signals.finding import Kind, find_signals
from consult.surveys.signals.reading import found_signals
from consult.surveys.signals.telling import Told
from tests.integration.surveys.conftest import responses
from tests.pages import PageClient

FR = "/fr/equipe/consultations/sentiers/signaux"
EN = "/en/staff/consultations/sentiers/signals"
PUBLIC = "/fr/consultations/sentiers"

WORDS = "chemin arbre lac pont hiver famille banc sentier carte neige école parc rue vélo autobus"
CAMPAIGN = "Il faut garder le sentier du nord ouvert toute l’année, c’est notre patrimoine."


def sent(consultation: Consultation, at: datetime, **fields: Any) -> Response:
    """A response sent at a time; its answers are ``answers``."""
    made = Response(
        consultation=consultation,
        version=consultation.version,
        receipt_code=new_receipt_code(),
        lang="fr",
        started_at=at,
        submitted_at=at,
        updated_at=at,
        **{"answers": {"often": "daily"}, "state": ResponseState.SUBMITTED, **fields},
    )
    db.session.add(made)
    return made


def found(consultation: Consultation) -> Told:
    find_signals(consultation.id, lambda _stage, _share: None, utc_now())
    db.session.commit()
    table = found_signals(consultation)
    assert table
    return Told(table)


def numbers(told: Told) -> dict[str, tuple[int, int]]:
    return {signal.kind: (signal.groups, signal.answers) for signal in told.signals}


@pytest.fixture
def start(consultation: Consultation) -> datetime:
    return consultation.opens_at.replace(microsecond=0)


def test_nothing_is_found_where_there_is_nothing(consultation: Consultation) -> None:
    assert numbers(found(consultation)) == dict.fromkeys(Kind, (0, 0))


def test_near_copies_are_found_among_others(consultation: Consultation, start: datetime) -> None:
    chance = random.Random(3)
    for place in range(30):
        own = " ".join(chance.choice(WORDS.split()) for _word in range(12))
        sent(consultation, start + timedelta(hours=place), answers={"change": own})
    for place, words in enumerate([CAMPAIGN, CAMPAIGN.upper(), CAMPAIGN + " Merci."]):
        answers = {"often": "daily" if place < 2 else "never", "change": words}
        sent(consultation, start + timedelta(hours=40 + place), answers=answers)
    for place in range(9):
        sent(consultation, start + timedelta(hours=place), answers={"change": "Rien à dire."})
    told = found(consultation)
    assert numbers(told)[Kind.TEXTS] == (1, 3)
    (group,) = told.signals[0].largest
    assert (group.answers, group.same_closed) == (3, 2)
    assert (group.start, group.end) == (start + timedelta(hours=40), start + timedelta(hours=42))


def test_one_browser_is_told_with_and_without_it(
    consultation: Consultation, start: datetime
) -> None:
    for place in range(6):
        sent(consultation, start + timedelta(hours=place), answers={"often": "never"})
    for place in range(4):
        sent(consultation, start + timedelta(hours=9 * place), browser_mark="ab" * 16)
    told = found(consultation)
    assert numbers(told) == {Kind.TEXTS: (0, 0), Kind.MARKS: (1, 4), Kind.BURSTS: (0, 0)}
    assert told.responses_without([Kind.MARKS]) == 7
    often = next(one for one in asked(consultation) if one.name == "often")
    compared = told.compared(often, [Kind.MARKS])
    assert (compared.base, compared.base_without) == (10, 7)
    assert [(line.count, line.count_without) for line in compared.lines] == [(6, 6), (0, 0), (4, 1)]


def test_a_burst_counts_what_came_in_online_only(
    consultation: Consultation, start: datetime
) -> None:
    for place in range(40):
        sent(consultation, start + timedelta(minutes=30 * place))
    for place in range(30):
        sent(consultation, start + timedelta(hours=10, seconds=place), channel=Channel.WEB)
        sent(consultation, start + timedelta(hours=15, seconds=place), channel=Channel.PAPER)
    told = found(consultation)
    assert numbers(told)[Kind.BURSTS] == (1, 31)
    assert told.responses_without([Kind.BURSTS]) == 69


def test_withdrawn_answers_and_drafts_are_no_sign(
    consultation: Consultation, start: datetime
) -> None:
    sent(consultation, start, browser_mark="ab" * 16)
    sent(consultation, start, browser_mark="ab" * 16, state=ResponseState.WITHDRAWN, answers={})
    told = found(consultation)
    assert told.responses == 1
    assert numbers(told)[Kind.MARKS] == (0, 0)


def test_the_staff_looks_and_reads_in_both_languages(
    app: Flask,
    client: PageClient,
    consultation: Consultation,
    start: datetime,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    for place in range(3):
        answers = {"often": "daily", "change": CAMPAIGN}
        sent(consultation, start + timedelta(hours=place), answers=answers, browser_mark="c" * 32)
    db.session.commit()
    before = [(one.state, dict(one.answers)) for one in responses()]
    sign_in(staff(Role.ANALYST))
    assert "Not looked at yet" in client.get(EN).get_data(as_text=True)
    assert client.submit(EN, {}).location == EN
    assert client.submit(EN, {}, form_page=EN.replace("/signals", "")).location == EN
    (job,) = db.session.scalars(db.select(Job)).all()
    assert "being looked at" in client.get(EN).get_data(as_text=True)
    queue.run(job.id)
    page = client.get(EN).get_data(as_text=True)
    assert CAMPAIGN in page
    assert "3 answers, in 1 group." in page
    assert "1 of 3 answers stay" in page
    assert client.get(f"{FR}?question=satisfaction&without=marks").status_code == 200
    assert [(one.state, dict(one.answers)) for one in responses()] == before, "nothing is removed"


def test_who_may_only_read_does_not_start_the_work(
    client: PageClient,
    consultation: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get(EN).status_code == 200
    assert client.submit(EN, {}).status_code == 403


def begun(client: PageClient, slug: str) -> str | None:
    """The mark of a response begun in a browser."""
    client.submit(f"/fr/consultations/{slug}/questionnaire/1", {"q_often": "daily"})
    return responses()[-1].browser_mark


def test_a_browser_has_one_mark_for_each_consultation(
    client: PageClient,
    browser: Callable[[], PageClient],
    consultation: Consultation,
    make_consultation: Callable[..., Consultation],
) -> None:
    make_consultation("autre")
    first = begun(client, "sentiers")
    client.submit("/fr/consultations/sentiers/autre-personne", {}, form_page=f"{PUBLIC}/plus-tard")
    again, elsewhere = begun(client, "sentiers"), begun(client, "autre")
    assert first
    assert first == again
    assert len({first, elsewhere, begun(browser(), "sentiers")}) == 3
    cookie = client.get_cookie("consult-mark")
    assert cookie
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert first not in cookie.value


def test_reading_gives_no_mark_and_a_forged_one_is_replaced(
    client: PageClient, consultation: Consultation
) -> None:
    client.get(f"{PUBLIC}/questionnaire/1")
    assert client.get_cookie("consult-mark") is None
    client.set_cookie("consult-mark", "forged.signature")
    assert begun(client, "sentiers")
    cookie = client.get_cookie("consult-mark")
    assert cookie
    assert not cookie.value.startswith("forged")
