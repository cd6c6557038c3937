"""Counts kept ahead for lists of many services: as true as counting, and never of few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from consult.db import Localized, db, new_public_id, utc_now
from consult.feedback.models import FeedbackItem, FeedbackTotals, Review
from consult.feedback.queries import Score, score, scores
from consult.feedback.services import totals
from consult.feedback.services.inbox import review
from consult.organizations.models import Account, Role, Service
from consult.organizations.services import add_service


def say(service: Service, number: int, *, first: int = 0, state: Review = Review.CLEAR) -> None:
    now = utc_now()
    rows = [
        {
            "public_id": new_public_id(),
            "service_id": service.id,
            "idempotency_key": f"{state.value}{first + n}",
            "rating": n % 5 + 1,
            "comment": "Trop long" if n % 2 else "",
            "lang": "fr",
            "channel": "web",
            "review": state,
            "submitted_at": now - timedelta(minutes=n),
        }
        for n in range(number)
    ]
    db.session.execute(insert(FeedbackItem), rows)
    db.session.commit()


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(FeedbackTotals)) or 0


def test_what_is_kept_equals_what_is_counted(
    app: Flask, service: Service, staff: Callable[..., Account]
) -> None:
    few = add_service(service.organization, "petit", Localized("Petit", "Small"))
    say(few, 3)
    say(service, 1, state=Review.HELD)
    say(service, totals.FROM)
    assert totals.count_news(utc_now()) == 1
    assert kept() == 1  # the small service is counted when it is asked for
    assert scores([service, few]) == {service.id: score(service), few.id: Score(2, 3, 1)}
    assert score(service) == Score(3, totals.FROM, totals.FROM // 2)
    assert totals.count_news(utc_now()) == 0  # nothing new

    say(service, 5, first=1_000)
    assert scores([service])[service.id].ratings == totals.FROM  # until the next minute
    assert totals.count_news(utc_now()) == 1
    assert scores([service])[service.id] == score(service)

    held = db.session.scalars(select(FeedbackItem).filter_by(review=Review.HELD)).all()
    review(staff(Role.ANALYST), held, Review.KEPT, utc_now())
    assert scores([service])[service.id].ratings == totals.FROM + 6  # a decision counts at once
    assert totals.count_all(utc_now()) == 1


@pytest.mark.parametrize(
    "path", ["/fr/equipe/services", "/fr/equipe/consultations", "/fr/analyses", "/fr/consultations"]
)
def test_a_long_list_costs_no_more_queries(
    app: Flask,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
    queries_of: Callable[[str], int],
    path: str,
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    before = queries_of(path)
    for number in range(60):
        add_service(service.organization, f"autre-{number}", Localized("Autre", "Other"))
    db.session.commit()
    assert queries_of(path) <= before + 1
