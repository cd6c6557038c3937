"""Activities for tests."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from consult.db import Localized, db, utc_now
from consult.involvement.models import Activity, ActivityKind
from consult.involvement.services.recording import ActivityDraft, record_activity
from consult.organizations.models import Account, Service

Make = Callable[..., Activity]


@pytest.fixture
def make_activity() -> Make:
    """``make_activity(actor, service, title=…)`` records one, told in both languages."""

    def make(actor: Account, service: Service, **told: Any) -> Activity:
        given: dict[str, Any] = {
            "kind": ActivityKind.INTERVIEW,
            "title": Localized("Entrevues au comptoir", "Counter interviews"),
            "starts_on": date(2026, 3, 2),
            "ends_on": date(2026, 3, 4),
            "people": 8,
            "learned": Localized("Le reçu manque aux aînés.", "Seniors miss the receipt."),
            **told,
        }
        made = record_activity(actor, service, ActivityDraft(**given), utc_now())
        db.session.commit()
        return made

    return make
