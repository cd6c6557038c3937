"""The demo's preparations, declared indicators, and the history of its targets."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from consult.demo.content import read_json, words
from consult.organizations.models import Account, Organization
from consult.quebec_time import quebec_day
from consult.surveys.preparation.changing import Prepared, prepare, say_report_given
from consult.surveys.queries import consultation_by_slug
from consult.targets.indicators import BY_CODE
from consult.targets.services.declaring import Declared, declare
from consult.targets.services.keeping import keep_month, months_to_keep


def load_preparations(actor: Account, now: datetime) -> int:
    """How consultations were prepared, and which promises were kept; how many."""
    rows = read_json("preparations.json")
    for row in rows:
        consultation = consultation_by_slug(row["consultation"])
        if consultation is None:
            raise LookupError(row["consultation"])
        opened, closed = quebec_day(consultation.opens_at), quebec_day(consultation.closes_at)
        due_on = closed + timedelta(days=row["report_days_after_closing"])
        texts = {name: words(text) for name, text in row["texts"].items()}
        prepare(actor, consultation, Prepared(texts, due_on), opened, now)
        if given := row.get("given_days_after_closing"):
            given_on = closed + timedelta(days=given)
            say_report_given(actor, consultation, given_on, "", now)
    return len(rows)


def load_declared(actor: Account, bodies: Mapping[str, Organization], now: datetime) -> int:
    """What public bodies declared, the oldest first; how many."""
    rows = read_json("declared.json")
    for row in sorted(rows, key=lambda one: -one["days_ago"]):
        moment = now - timedelta(days=row["days_ago"])
        said = Declared(row["value"], quebec_day(moment), words(row["evidence"]))
        declare(actor, bodies[row["body"]], BY_CODE[row["indicator"]], said, moment)
    return len(rows)


def keep_history(now: datetime) -> int:
    """Keeps the targets of the months before; the last thing, once all is loaded."""
    return sum(keep_month(target, month, now) for target, month in months_to_keep(now))
