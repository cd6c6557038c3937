"""Consultations with 20 questions and as many made-up answers as asked for."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert

from consult.db import Localized, db
from consult.organizations.models import Account, Organization
from consult.surveys.models import Channel, Consultation, Response, ResponseState
from consult.surveys.receipts import new_receipt_code
from consult.surveys.services.prepare import (
    TEXTS,
    ConsultationDetails,
    add_version,
    create_consultation,
)
from consult.surveys.services.publish import publish

#: The kinds of the 20 questions, five a page.
KINDS = (
    *("region", "one_choice", "one_choice", "one_choice", "yes_no"),
    *["scale"] * 5,
    *("several_choices", "several_choices", "several_choices", "integer", "one_choice"),
    *("one_choice", "one_choice", "one_choice", "long_text", "long_text"),
)
PER_PAGE = 5
BATCH = 1_000

_PHRASES = (
    "le service est clair mais attente trop longue au téléphone formulaire simple à remplir "
    "the page was easy to find but the wait on the phone is too long for parents"
)
_WORDS = _PHRASES.split()


def definition() -> dict[str, Any]:
    """The questionnaire: four pages of five questions, q1 to q20."""
    questions = [_question(number, kind) for number, kind in enumerate(KINDS, 1)]
    sections = [
        {
            "name": f"page_{start // PER_PAGE + 1}",
            "title": _both(f"Page {start // PER_PAGE + 1}"),
            "questions": questions[start : start + PER_PAGE],
        }
        for start in range(0, len(questions), PER_PAGE)
    ]
    return {"title": _both("Mesure"), "sections": sections}


def _both(words: str) -> dict[str, str]:
    return {"fr": words, "en": words}


def _question(number: int, kind: str) -> dict[str, Any]:
    question: dict[str, Any] = {
        "name": f"q{number}",
        "type": kind,
        "label": _both(f"Question {number}"),
    }
    if kind in ("one_choice", "several_choices"):
        question["choices"] = [{"name": f"c{n}", "label": _both(f"Choix {n}")} for n in range(1, 7)]
    if kind == "scale":
        question |= {"low": _both("Peu"), "high": _both("Très")}
    return question


def one_person(draw: random.Random) -> dict[str, Any]:
    """Answers to all 20 questions."""
    return {f"q{number}": _answer(kind, draw) for number, kind in enumerate(KINDS, 1)}


def _answer(kind: str, draw: random.Random) -> Any:
    if kind == "region":
        return f"{draw.randint(1, 17):02d}"
    if kind == "one_choice":
        return f"c{draw.randint(1, 6)}"
    if kind == "yes_no":
        return draw.choice(["yes", "no"])
    if kind == "scale":
        return draw.randint(1, 5)
    if kind == "several_choices":
        return [f"c{n}" for n in sorted(draw.sample(range(1, 7), draw.randint(1, 3)))]
    if kind == "integer":
        return draw.randint(0, 120)
    return " ".join(draw.choices(_WORDS, k=draw.randint(8, 40)))


def make_consultation(
    actor: Account, body: Organization, slug: str, answers: int, now: datetime
) -> Consultation:
    """An open consultation with so many answers, sent over the last ten days; commits."""
    texts: dict[str, Any] = {part: Localized("Mesure", "Measure") for part in TEXTS}
    details = ConsultationDetails(
        opens_at=now - timedelta(days=11), closes_at=now + timedelta(days=1), minutes=5, **texts
    )
    made = create_consultation(actor, body, slug, details)
    version = add_version(actor, made, definition(), now)
    publish(actor, made, now)
    db.session.commit()
    rows = _rows(made.id, version.id, answers, now)
    while batch := list(islice(rows, BATCH)):
        db.session.execute(insert(Response), batch)
    db.session.commit()
    return made


def _rows(
    consultation_id: int, version_id: int, answers: int, now: datetime
) -> Iterator[dict[str, Any]]:
    draw = random.Random(answers)
    for number in range(answers):
        moment = now - timedelta(days=10 - 9 * number / answers)
        yield {
            "consultation_id": consultation_id,
            "version_id": version_id,
            "receipt_code": new_receipt_code(),
            "state": ResponseState.SUBMITTED,
            "answers": one_person(draw),
            "draft": None,
            "lang": draw.choice(["fr", "en"]),
            "channel": Channel.WEB,
            "started_at": moment,
            "submitted_at": moment,
            "updated_at": moment,
        }
