"""A report stands however little people wrote or rated."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from consult.analysis.models import Analysis
from consult.analysis.queries.subjects import subject_of_service
from consult.analysis.services.request import request_analysis
from consult.db import db, utc_now
from consult.feedback.models import FeedbackItem
from consult.jobs import queue
from consult.organizations.models import Account, Service
from tests.integration.analysis.conftest import FIRST_DAY, SPOKEN
from tests.pages import PageClient

SignIn = Callable[[Account], None]
Said = list[tuple[int | None, str, str]]
Report = Callable[..., Analysis]

NOT_ENOUGH = "Not enough ratings to tell"
SPOKEN_THRICE: Said = [
    (rating, lang, f"{text} ({n})") for n, (rating, lang, text) in enumerate(SPOKEN * 3)
]
ABOUT_THE_PHONE: Said = [said for said in SPOKEN_THRICE if "phone" in said[2]]
RATED_ON_THE_PHONE: Said = [
    (rating if "phone" in text else None, lang, text) for rating, lang, text in SPOKEN_THRICE
]


@pytest.fixture
def report(service: Service, analyst: Account, sign_in: SignIn) -> Report:
    """Makes the analysis of what is said of the service, and signs the analyst in."""

    def make(said: Said, themes: int | None = None) -> Analysis:
        for n, (rating, lang, text) in enumerate(said):
            item = FeedbackItem(
                service=service,
                idempotency_key=f"key-{n}",
                rating=rating,
                comment=text,
                lang=lang,
                channel="web",
                submitted_at=FIRST_DAY + timedelta(days=n),
            )
            db.session.add(item)
        db.session.commit()
        subject = subject_of_service(service.slug)
        assert subject
        made = request_analysis(analyst, subject, themes=themes, seed=0, now=utc_now())
        db.session.commit()
        queue.run(made.job_id)
        db.session.refresh(made)
        assert made.completed_at, made.job.error
        sign_in(analyst)
        return made

    return make


def text_of(client: PageClient, address: str, part: str = "main") -> str:
    return " ".join(client.page(address).select_one(part).get_text(" ").split())  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_few_comments(client: PageClient, report: Report, count: int, lang: str) -> None:
    made = report([*SPOKEN[:count]])
    assert made.comments == count
    client.page(f"/{lang}/analyses/{made.public_id}")
    for theme in made.themes:
        client.page(f"/{lang}/analyses/{made.public_id}/themes/{theme.number}")


def test_all_rated_comments_in_one_theme(client: PageClient, report: Report) -> None:
    made = report(ABOUT_THE_PHONE, themes=1)
    assert [theme.points_low for theme in made.themes] == [None]
    address = f"/en/analyses/{made.public_id}"
    for part in (".govuk-body-l", ".govuk-table"):
        assert NOT_ENOUGH in text_of(client, address, part)
    assert NOT_ENOUGH in text_of(client, f"{address}/themes/1")
    for path in ("", "/themes/1"):
        client.page(f"/fr/analyses/{made.public_id}{path}")


@pytest.mark.parametrize("said", [ABOUT_THE_PHONE, SPOKEN_THRICE])
def test_no_rating_at_all(client: PageClient, report: Report, said: Said) -> None:
    made = report([(None, lang, text) for _rating, lang, text in said])
    shown = text_of(client, f"/en/analyses/{made.public_id}")
    assert "ranked by reach and polarity" in shown
    assert NOT_ENOUGH not in shown
    client.page(f"/fr/analyses/{made.public_id}/themes/1")


def test_one_theme_holds_every_rating(client: PageClient, report: Report) -> None:
    made = report(RATED_ON_THE_PHONE, themes=3)
    assert len(made.themes) > 1
    assert {theme.points_low for theme in made.themes} == {None}
    shown = text_of(client, f"/en/analyses/{made.public_id}", ".govuk-table")
    assert shown.count(NOT_ENOUGH) == len(made.themes)
    assert "No rating" in shown


def test_a_campaign_is_told_with_both_counts(client: PageClient, report: Report) -> None:
    text = (
        "Nous demandons de garder ouvert le comptoir de notre village, car les aînés "
        "ne peuvent pas se rendre en ville"
    )
    made = report([*SPOKEN_THRICE, *((1, "fr", f"{text} {n}") for n in range(6))])
    assert (made.in_campaigns, made.analysed - made.voices) == (6, 5)
    shown = text_of(client, f"/en/analyses/{made.public_id}")
    assert "6 near copies: Nous demandons de garder ouvert le comptoir" in shown
    assert f"{made.analysed} comments analyzed make {made.analysed - 5} voices" in shown
    assert "Textes envoyés plusieurs fois" in text_of(client, f"/fr/analyses/{made.public_id}")
