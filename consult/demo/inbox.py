"""What the team of the demo did with its feedback: tags, remarks, and two that are held."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from consult.db import db
from consult.demo.content import read_json
from consult.feedback import services as feedback
from consult.feedback.models import FeedbackItem, Review
from consult.feedback.services import contact, inbox
from consult.organizations.models import Account, Service


def load_inbox(actor: Account, services: dict[str, Service], now: datetime) -> int:
    """Follows some of the loaded feedback up, and adds what is held; returns how many of both."""
    content = read_json("inbox.json")
    for row in content["followed_up"]:
        _follow_up(actor, row, now - timedelta(days=row["days_ago"]))
    for number, row in enumerate(content["held"]):
        _hold(services[row["service"]], row, number, now)
    return len(content["followed_up"]) + len(content["held"])


def _follow_up(actor: Account, row: dict[str, Any], moment: datetime) -> None:
    says = FeedbackItem.comment.startswith(row["says"], autoescape=True)
    item = db.session.scalars(select(FeedbackItem).where(says)).one()
    for tag in row["tags"]:
        inbox.tag(actor, [item], tag, moment)
    if note := row.get("note"):
        inbox.note(actor, item, note, moment)
    if row.get("handled"):
        inbox.handle(actor, [item], moment)
    if row.get("wants_answer"):
        contact.keep_contact(item, "une-personne@example.org", item.submitted_at)


def _hold(service: Service, row: dict[str, Any], number: int, now: datetime) -> None:
    moment = now - timedelta(days=row["days_ago"], minutes=11 * number + 3)
    submission = feedback.Submission(
        answers={"rating": row["rating"], "comment": row["comment"]},
        question_set="rating",
        lang=row["lang"],
        page=row["page"],
        idempotency_key=f"demo-held-{number:03d}",
        channel="web",
        submitted_at=moment,
    )
    item = feedback.record(service, submission, now).item
    item.review, item.signals = Review.HELD, row["signals"]
    db.session.flush()
