"""Declaring an indicator."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.db import Localized, db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import changed, record_act
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_declare_indicators, require
from consult.targets.indicators import Indicator
from consult.targets.models import IndicatorDeclaration
from consult.targets.queries.declared import latest


@dataclass(frozen=True)
class Declared:
    """What is declared: see ``IndicatorDeclaration``."""

    value: float
    measured_on: date
    evidence: Localized
    link: str = ""


def declare(
    actor: Account, body: Organization, indicator: Indicator, said: Declared, now: datetime
) -> IndicatorDeclaration:
    """Adds a declaration, which is public at once; raises ``NotAllowedError``.

    The same as what stands, sent twice, adds nothing.
    """
    require(can_declare_indicators, actor, body)
    stands = next(iter(latest(body)[indicator.code]), None)
    if stands is not None and _content(stands) == _content(said):
        return stands
    row = IndicatorDeclaration(
        organization=body,
        indicator=indicator.code,
        value=said.value,
        measured_on=said.measured_on,
        evidence=said.evidence,
        link=said.link,
        declared_by=actor,
        declared_at=now,
    )
    db.session.add(row)
    db.session.flush()
    before = _content(stands) if stands is not None else {}
    changes = changed(before, _content(said))
    subject = f"{indicator.number} {indicator.code}"
    record_act(actor, body, Action.INDICATOR_DECLARED, subject, now, changes)
    return row


def _content(said: Declared | IndicatorDeclaration) -> dict[str, object]:
    return {
        "value": said.value,
        "measured_on": said.measured_on.isoformat(),
        "evidence_fr": said.evidence.fr,
        "evidence_en": said.evidence.en,
        "link": said.link,
    }
