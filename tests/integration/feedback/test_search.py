"""Searching comments: the same words find the same comments on both databases."""

import pytest
from sqlalchemy import delete, select, text, update

from consult.db import db, utc_now
from consult.feedback import services
from consult.feedback.models import FeedbackItem
from consult.feedback.search.matching import says
from consult.organizations.models import Service
from consult.searching.asked import read_asked

SAID = {
    "code": "Le code d’accès n'est jamais arrivé.",
    "codes": "Les CODES reçus par texto ne marchent pas",
    "connexions": "Connexions impossibles : l’écran gèle.",
    "payment": "My payment was refused twice (error 4012).",
    "payments": "Payments-by-card do not work",
    "oeuvre": "La mise en œuvre est lente… « trop » lente !",
    "journal": "Aucun journal de mes demandes",
    "saved": "I saved my form and lost it",
    "payer": "J'ai payé deux fois",
    "rendezvous": "Impossible de prendre rendez-vous en ligne",
    "markup": "<b>gras</b> et a_b c:d 100% \\o/",
}

ASKED = {
    "codes": {"code", "codes"},
    "Code": {"code", "codes"},
    "connexion": {"connexions"},
    "connexions": {"connexions"},
    "connex": {"connexions"},
    "payments": {"payment", "payments"},
    "payment": {"payment", "payments"},
    "payer": {"payer"},
    "saving": {"saved"},
    "acces": {"code"},
    "ACCÈS code": {"code"},
    "l’écran": {"connexions"},
    "oeuvre": {"oeuvre"},
    "œuvres": {"oeuvre"},
    '"mise en oeuvre"': {"oeuvre"},
    "« mise en œuvre »": {"oeuvre"},
    '"en mise"': set(),
    "journaux": {"journal"},
    "codes -texto": {"code"},
    '-"d’accès" code': {"codes"},
    "4012": {"payment"},
    "rendez-vous": {"rendezvous"},
    "le code": {"code", "codes"},
    "gras": {"markup"},
    "d": {"code", "markup"},
    "100": {"markup"},
    "codes payment": set(),
}

HOSTILE = [
    '"',
    "-",
    "''''",
    '"" ""',
    "a OR",
    "NEAR(",
    "code*",
    "comment:code",
    "(code",
    "^code",
    "code & !",
    "code:*",
    "\\",
    "%",
    "🙂",
    "\ud800",
    "مرحبا",
    "a" * 5_000,
    '"' * 300,
    "- - -",
    "-code",
    "'; DROP TABLE feedback_items",
]


@pytest.fixture
def said(service: Service) -> dict[str, int]:
    submissions = [
        services.Submission(
            answers={"rating": "3", "comment": words}, idempotency_key=f"said-{key:_<8}"
        )
        for key, words in SAID.items()
    ]
    services.record_all(service, submissions, utc_now())
    db.session.commit()
    query = select(FeedbackItem.idempotency_key, FeedbackItem.id)
    by_key = {key: id_ for key, id_ in db.session.execute(query)}
    return {key: by_key[f"said-{key:_<8}"] for key in SAID}


def found(typed: str, said: dict[str, int]) -> set[str]:
    ids = set(db.session.scalars(select(FeedbackItem.id).where(says(read_asked(typed)))))
    return {key for key, id_ in said.items() if id_ in ids}


def test_what_is_asked_is_found_in_both_languages(said: dict[str, int]) -> None:
    assert {typed: found(typed, said) for typed in ASKED} == ASKED


def test_nothing_that_is_typed_is_an_error(said: dict[str, int]) -> None:
    for typed in HOSTILE:
        found(typed, said)
    assert found("-code", said) == set(SAID) - {"code", "codes"}


def test_the_index_follows_the_words(said: dict[str, int]) -> None:
    one = FeedbackItem.id == said["code"]
    db.session.execute(update(FeedbackItem).where(one).values(comment="Le mot de passe"))
    assert found("accès", said) == set()
    assert found("passe", said) == {"code"}
    db.session.execute(update(FeedbackItem).where(one).values(comment=""))
    assert found("passe", said) == set()
    db.session.execute(update(FeedbackItem).where(one).values(comment="Un mot"))
    db.session.execute(delete(FeedbackItem).where(one))
    db.session.flush()
    if db.engine.dialect.name == "sqlite":  # it compares the index with the words
        db.session.execute(
            text("INSERT INTO feedback_words(feedback_words) VALUES ('integrity-check')")
        )
    assert found("mot", said) == set()
    db.session.rollback()
    assert found("accès", said) == {"code"}
