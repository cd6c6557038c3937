"""Comments on a service, and an analysis of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest

from consult.analysis.models import Analysis
from consult.analysis.queries.sources import SourceComment
from consult.analysis.queries.subjects import subject_of_service
from consult.analysis.services.request import request_analysis
from consult.db import db, utc_now
from consult.feedback.models import FeedbackItem
from consult.jobs import queue
from consult.organizations.models import Account, Role, Service

#: In the place of identifiers, which are drawn anew for each test and change nothing in themes.
UNTOLD = UUID(int=0)
FIRST_DAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

#: Three themes, in both languages, with ratings that fit; too short to be a campaign's copies.
SPOKEN = [
    (1, "fr", "J'ai attendu deux heures au téléphone"),
    (2, "fr", "Temps d'attente au téléphone beaucoup trop long"),
    (1, "fr", "Attente interminable au téléphone, la ligne a coupé"),
    (2, "en", "I waited on the phone for an hour"),
    (1, "en", "The wait time on the phone is long"),
    (4, "fr", "Le formulaire est clair et facile à remplir"),
    (5, "fr", "Formulaire facile, les questions sont claires"),
    (5, "en", "The form is clear and easy to fill"),
    (4, "en", "Easy form, clear questions"),
    (3, "fr", "Le paiement par carte ne fonctionne pas"),
    (2, "fr", "Paiement impossible, la carte est refusée"),
    (3, "en", "The card payment does not work"),
    (2, "en", "My card was refused at payment"),
]


@pytest.fixture
def comments(service: Service) -> list[FeedbackItem]:
    """Feedback on the service: the thirteen comments three times over, two that say nothing.

    Three came by phone, too few to be told apart.
    """
    said = [*SPOKEN * 3, (5, "fr", "RAS"), (4, "en", "n/a")]
    items = [
        FeedbackItem(
            service=service,
            idempotency_key=f"key-{n}",
            rating=rating,
            comment=text if n < len(SPOKEN) else f"{text} ({n})",
            lang=lang,
            channel="web" if n % len(SPOKEN) else "phone",
            submitted_at=FIRST_DAY + timedelta(days=n),
        )
        for n, (rating, lang, text) in enumerate(said)
    ]
    items[-1].comment, items[-2].comment = "n/a", "RAS"
    db.session.add_all(items)
    db.session.commit()
    return items


@pytest.fixture
def analyst(staff: Callable[..., Account]) -> Account:
    return staff(Role.ANALYST)


@pytest.fixture(scope="session")
def understood() -> dict[str, Any]:
    """What was found in comments before: the same comments give the same, as a unit test shows."""
    return {}


@pytest.fixture
def analysis(
    comments: list[FeedbackItem],
    analyst: Account,
    service: Service,
    understood: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Analysis:
    """A completed analysis of the service's feedback, in three themes."""

    def remember(comments: list[SourceComment], parameters: dict[str, Any], *others: Any) -> Any:
        key = repr(([one._replace(public_id=UNTOLD) for one in comments], parameters))
        if key not in understood:
            understood[key] = understand(comments, parameters, *others)
        return understood[key]

    doing = import_module("consult.analysis.services.run")
    understand = doing._understand
    monkeypatch.setattr(doing, "_understand", remember)
    subject = subject_of_service(service.slug)
    assert subject
    made = request_analysis(analyst, subject, themes=3, seed=0, now=utc_now())
    db.session.commit()
    queue.run(made.job_id)
    monkeypatch.setattr(doing, "_understand", understand)
    db.session.refresh(made)
    assert made.completed_at, made.job.error
    return made
