"""Scores as the database counts them, and what everyone may read of them."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from sqlalchemy import event, select

from consult.config import QUEBEC_TIME
from consult.db import db, utc_now
from consult.feedback.models import FeedbackItem, Review
from consult.feedback.queries.score_counts import Filters, _summers, counts_by_day, counts_by_page
from consult.feedback.scores import BY_NAME
from consult.feedback.services import Submission, add_own_set, change_settings, record_all
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

STAFF = "/fr/equipe/services/permis-en-ligne"
PUBLIC = "/fr/services/permis-en-ligne/satisfaction"
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


def gave(question_set: str, moment: datetime, **more: object) -> Submission:
    about = {name: more.pop(name) for name in ("lang", "channel", "page") if name in more}
    return Submission(more, question_set, submitted_at=moment, **about)  # type: ignore[arg-type]


@pytest.fixture
def answered(service: Service) -> Service:
    """A service with feedback of several sets over eight weeks, some of it held."""
    said = []
    for n in range(160):
        moment = NOW - timedelta(days=60 - n % 56, minutes=n)
        lang = "en" if n % 4 == 0 else "fr"
        about = {"lang": lang, "page": "/fin" if n % 3 else None}
        said.append(gave("rating", moment, rating=1 + n * 7 % 5, **about))
        if n % 4 == 1:
            done = ("yes", "no", "not_yet")[n % 3]
            answers = {"completion": done, "ease": 1 + n % 5, "satisfaction": 1 + n % 4}
            said.append(gave("task", moment, channel="page", **answers, **about))
        if n % 8 == 2:
            said.append(gave("faces", moment, feeling=("bad", "good")[n % 3 % 2], lang="fr"))
            said.append(gave("recommend", moment, recommend=n % 11, lang="fr"))
            said.append(gave("trust", moment, trust=1 + n % 5, comment="Merci", lang="fr"))
    said.append(gave("rating", NOW, rating=1, channel="spam"))
    record_all(service, said, NOW)
    held = db.session.query(FeedbackItem).filter_by(channel="spam").one()
    held.review = Review.HELD
    db.session.commit()
    return service


def test_answers_are_counted_by_question_and_what_is_held_is_not(answered: Service) -> None:
    counts = counts_by_day(answered, Filters())
    assert counts.total() == 160 + 40 + 60
    assert counts.total("commented") == 20
    assert counts.total("rating") == 160 + 40 + 20
    assert counts.total("completion") == counts.total("ease") == 40
    assert counts.total("recommend") == counts.total("trust") == counts.total("feeling") == 20
    assert {cell.channel for cell in counts.cells} == {"widget", "page"}
    assert sum(c.number for c in counts_by_page(answered, Filters()).of("rating")) == 220


@pytest.mark.parametrize(
    ("kind", "given", "satisfied"),
    [("scale", 4, 10), ("one_choice", "4", 10), ("several_choices", ["4", "5"], 0)],
)
def test_a_services_own_rating_tells_satisfaction(
    service: Service, staff: Staff, kind: str, given: object, satisfied: int
) -> None:
    """One answer among 1 to 5 tells it; several answers at once tell nothing, and are kept."""
    words = {"fr": "Êtes-vous satisfait du service ?", "en": "Are you satisfied?"}
    choices = [
        {"name": str(n), "label": {"fr": f"Note {n}", "en": f"Mark {n}"}} for n in range(1, 6)
    ]
    rating = {"name": "rating", "type": kind, "label": words}
    rating |= (
        {"first": 1, "last": 5, "low": words, "high": words}
        if kind == "scale"
        else {"choices": choices}
    )
    section = {"name": "feedback", "title": words, "questions": [rating]}
    actor = staff(Role.ADMINISTRATOR)
    add_own_set(actor, service, {"title": words, "sections": [section]}, NOW)
    record_all(service, [gave("own-1", NOW, rating=given) for _ in range(10)], NOW)
    db.session.commit()
    counts = counts_by_day(service, Filters())
    assert counts.total() == 10
    assert counts.total("rating") == satisfied
    figure = counts.figure(BY_NAME["satisfaction"])
    assert figure.value == (4.0 if satisfied else None)


def test_one_query_counts_whatever_the_number_of_rows(answered: Service) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        counts_by_day(answered, Filters(lang="fr", first=date(2026, 10, 1)))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT")]) <= 2  # the service itself too


def test_days_are_those_of_quebec(service: Service) -> None:
    moments = [
        datetime(2026, 7, 2, 3, 59, tzinfo=UTC),  # 23:59 the day before, in summer
        datetime(2026, 7, 2, 4, 0, tzinfo=UTC),
        datetime(2026, 1, 2, 4, 59, tzinfo=UTC),  # 23:59 the day before, in winter
        datetime(2026, 1, 2, 5, 0, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 59, tzinfo=UTC),
        datetime(2026, 11, 2, 4, 59, tzinfo=UTC),
    ]
    record_all(service, [gave("rating", one, rating=3) for one in moments], NOW)
    db.session.commit()
    local = [one.astimezone(ZoneInfo(QUEBEC_TIME)).date() for one in moments]
    counts = counts_by_day(service, Filters())
    assert sorted(c.day for c in counts.of("rating") for _ in range(c.number)) == sorted(local)
    first = counts_by_day(service, Filters(first=date(2026, 7, 1), last=date(2026, 7, 1)))
    assert first.total() == 1


def test_summers_are_those_of_the_time_zone() -> None:
    zone = ZoneInfo(QUEBEC_TIME)
    for start, end in _summers():
        for edge, before, after in ((start, -5, -4), (end, -4, -5)):
            offsets = [(edge - timedelta(seconds=1)).astimezone(zone), edge.astimezone(zone)]
            hours = [one.utcoffset() for one in offsets]
            assert hours == [timedelta(hours=before), timedelta(hours=after)]


def test_the_page_tells_every_measure_with_its_interval(
    client: PageClient, answered: Service, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    text = client.page(STAFF).find("main").get_text(" ", strip=True)
    for words in ("Satisfaction", "Facilité", "Recommandation", "Note des visages", "entre"):
        assert words in text
    assert "Marge d’erreur" in text
    assert "Olshen" in text


@pytest.mark.parametrize(
    "query",
    [
        "lang=en&channel=widget&from_page=/fin&first=2026-10-01&last=2026-11-30&every=quarter",
        "measure=recommend",
        "measure=success",
        "first=0001-01-01&last=9999-12-31&lang=xx&every=day&measure=%27",
        "channel=nothing",
    ],
)
def test_filters_live_in_the_address(
    client: PageClient, answered: Service, staff: Staff, sign_in: SignIn, query: str
) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get(f"{STAFF}?{query}").status_code == 200
    assert client.get(f"{STAFF}/notes.json?{query}").status_code == 200


def test_printed_figures_are_worked_out_again_with_pandas(
    client: PageClient, answered: Service, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    counts = pd.read_csv(io.BytesIO(client.get(f"{STAFF}/comptes.csv").data), encoding="utf-8-sig")
    figures = pd.read_csv(io.BytesIO(client.get(f"{STAFF}/notes.csv").data), encoding="utf-8-sig")
    for row in figures[(figures.kind == "all") & (figures.state == "shown")].itertuples():
        measure = BY_NAME[row.measure]
        mine = counts[counts.question == measure.question]
        points = mine.answer.astype(str).map(measure.points)
        assert row.answers == mine["count"].sum()
        again = (points * mine["count"]).sum() / mine["count"].sum()
        assert row.value == pytest.approx(again, abs=1e-6)
    satisfaction = figures[(figures.kind == "all") & (figures.measure == "satisfaction")].iloc[0]
    printed = f"{satisfaction.value:.1f} sur 5".replace(".", ",")
    assert printed in client.page(STAFF).find("main").get_text()
    english = counts[(counts.question == "rating") & (counts.lang == "en")]
    told = figures[(figures.kind == "lang") & (figures.part == "en")].iloc[0]
    mean = (english.answer.astype(float) * english["count"]).sum() / english["count"].sum()
    assert told.value == pytest.approx(mean, abs=1e-6)


def test_a_channel_never_becomes_a_formula(
    client: PageClient, answered: Service, staff: Staff, sign_in: SignIn
) -> None:
    db.session.query(FeedbackItem).update({"page": "=HYPERLINK(1)"})
    db.session.commit()
    sign_in(staff(Role.VIEWER))
    text = client.get(f"{STAFF}/notes.csv").data.decode("utf-8-sig")
    parts = {line["part"] for line in csv.DictReader(io.StringIO(text)) if line["kind"] == "page"}
    assert parts == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize("end", ["", ".csv", ".json", "/badge.svg"])
def test_nothing_is_public_before_the_service_agrees(
    client: PageClient, answered: Service, end: str
) -> None:
    assert client.get(PUBLIC + end).status_code == 404
    change_settings(answered, utc_now(), is_public=True)
    db.session.commit()
    assert client.get(PUBLIC + end).status_code == 200


def test_an_administrator_opens_and_closes_the_public_page(
    client: PageClient, answered: Service, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    page = f"{STAFF}/page-publique"
    assert client.submit(page, {"public": "yes"}).status_code == 303
    assert client.get(PUBLIC).status_code == 200
    shown = client.page(page)
    assert "<picture>" in shown.find("pre").get_text()
    assert client.submit(page, {"public": "no"}).status_code == 303
    assert client.get(PUBLIC).status_code == 404


def test_others_cannot_open_it(
    client: PageClient, answered: Service, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.EDITOR))
    page = f"{STAFF}/page-publique"
    assert client.page(page).find("main").find("button", attrs={"name": "public"}) is None
    assert client.submit(page, {"public": "yes"}).status_code in (400, 403)


def test_the_public_reads_no_comment_no_page_and_no_small_group(
    client: PageClient, answered: Service
) -> None:
    change_settings(answered, utc_now(), is_public=True)
    record_all(
        answered,
        [
            gave("rating", NOW - timedelta(days=20), rating=1, channel=channel)
            for channel in (*["counter"] * 3, *["insulte"] * 30, *["mobile"] * 30)
        ],
        NOW,
    )
    db.session.commit()
    page = client.page(PUBLIC).find("main").get_text(" ")
    assert "Merci" not in page
    assert "/fin" not in page
    assert "Non affiché" in page
    assert "Application mobile" in page
    assert "Autrement" in page
    assert "insulte" not in page, "nobody here chose that word"
    found = json.loads(client.get(f"{PUBLIC}.json").data)
    shown = [f for f in found["figures"] if f["kind"] == "channel"]
    assert {f["part"] for f in shown if f["state"] == "hidden"} >= {"counter"}
    assert all(f["answers"] is None for f in shown if f["state"] == "hidden")
    assert len([f for f in shown if f["state"] == "hidden"]) >= 2


def test_public_figures_are_worked_out_again_only_when_what_they_count_changes(
    client: PageClient, service: Service, statements: Callable[[], list[str]]
) -> None:
    change_settings(service, utc_now(), is_public=True)
    said = [gave("rating", NOW - timedelta(days=20), rating=5) for _ in range(11)]
    record_all(service, [*said, gave("rating", NOW - timedelta(days=20), rating=1)], NOW)
    db.session.commit()

    def counted() -> int:
        return len([one for one in statements() if "AS commented" in one])

    def figure() -> float:
        found = json.loads(client.get(f"{PUBLIC}.json").data)["figures"]
        return float(next(one["value"] for one in found if one["measure"] == "satisfaction"))

    assert figure() == pytest.approx(56 / 12)
    for path in (f"{PUBLIC}/badge.svg", PUBLIC, f"{PUBLIC}.csv", f"{PUBLIC}/badge.svg"):
        assert client.get(path).status_code == 200
    record_all(service, [gave("rating", utc_now(), rating=1)], utc_now())
    db.session.commit()
    assert figure() == pytest.approx(56 / 12), "the week is not over"
    assert counted() == 2, "once for the page and its files, once for the badge"
    bad = db.session.scalars(select(FeedbackItem).filter_by(rating=1).order_by("id")).first()
    assert bad is not None
    bad.review = Review.HELD
    record_all(service, [gave("rating", NOW - timedelta(days=30), rating=4)], NOW)
    db.session.commit()
    assert figure() == pytest.approx(59 / 12), "as many as before, others"
    change_settings(service, utc_now(), is_public=False)
    db.session.commit()
    assert client.get(f"{PUBLIC}.json").status_code == 404


@pytest.mark.parametrize(
    ("path", "words"),
    [(PUBLIC, "sur 5"), ("/en/services/permis-en-ligne/satisfaction", "out of 5")],
)
def test_the_badge_speaks_both_languages_and_may_be_kept(
    client: PageClient, answered: Service, path: str, words: str
) -> None:
    change_settings(answered, utc_now(), is_public=True)
    db.session.commit()
    answer = client.get(f"{path}/badge.svg?theme=dark")
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "image/svg+xml"
    assert words in text
    assert "<title" in text
    assert "<style" not in text
    assert "<script" not in text
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_new_service_says_what_is_missing(client: PageClient, service: Service) -> None:
    change_settings(service, utc_now(), is_public=True)
    db.session.commit()
    assert "Pas encore assez de réponses" in client.page(PUBLIC).find("main").get_text()
    badge = client.get(f"{PUBLIC}/badge.svg").get_data(as_text=True)
    assert "pas encore assez de réponses" in badge
