"""A public body with one thing of each kind, so that every page of its staff has something real."""

import uuid
from datetime import timedelta

from consult.analysis.codeframes.models import Act, Codeframe, CodeframeTheme, CodeframeVersion
from consult.analysis.improvements.models import (
    Improvement,
    ImprovementMeasure,
    ImprovementSource,
)
from consult.analysis.models import Analysis, CommentKind, Theme, ThemeComment
from consult.db import Localized, db, utc_now
from consult.feedback.models import FeedbackItem, Webhook, WebhookDelivery
from consult.feedback.services.tokens import create_token
from consult.involvement.models import Activity, ActivityKind
from consult.involvement.services.documents import add_document
from consult.jobs.services import submit
from consult.organizations.accounts.invitations import invite
from consult.organizations.models import Account, Role, Service
from consult.register.models import OutsideConsultation
from consult.surveys.models import Consultation, Response, ResponseState
from consult.surveys.models.results import Highlight
from tests.factories.files import PDF

BOTH = Localized("Attente", "Wait")


def things_of(actor: Account, service: Service, consultation: Consultation) -> dict[str, uuid.UUID]:
    """Makes them; returns the public identifier of each by the part of the address before it."""
    now, body = utc_now(), service.organization
    item = FeedbackItem(
        service=service, idempotency_key="whole-body", rating=3, comment="Deux heures d’attente",
        lang="fr", channel="web", submitted_at=now - timedelta(days=1),
    )  # fmt: skip
    analysis = Analysis(
        organization=body, service=service, created_by=actor, comments=20, analysed=20, themed=1,
        job=submit("analyze", {}), completed_at=now, period_from=now, period_to=now,
    )  # fmt: skip
    theme = Theme(
        analysis=analysis, number=1, label=BOTH, comments=1, share=0.3, share_low=0.15,
        share_high=0.5, points_at_stake=0.4, points_low=0.2, points_high=0.6, rank=1, bracket=1,
    )  # fmt: skip
    kept = CodeframeTheme(label=BOTH, position=1)
    codeframe = Codeframe(organization=body, service=service)
    version = CodeframeVersion(
        codeframe=codeframe, number=1, act=Act.ADOPT, made_by=actor, made_at=now, themes=[kept]
    )
    improvement = Improvement(
        organization=body, service=service, owner=actor, title=BOTH, evidence={},
        source=ImprovementSource.IDEA,
    )  # fmt: skip
    measured = ImprovementMeasure(improvement=improvement, measured_at=now, figures={})
    highlight = Highlight(
        consultation=consultation, version=consultation.version, question="une", choices=["a"],
        words=BOTH, count=1, base=2, computed_at=now,
    )  # fmt: skip
    response = Response(
        consultation=consultation, version=consultation.version, receipt_code="0" * 12, lang="fr",
        state=ResponseState.SUBMITTED, answers={}, submitted_at=now, started_at=now,
    )  # fmt: skip
    webhook = Webhook(service=service, url="https://example.org/a", sealed_secret="")
    message = WebhookDelivery(webhook=webhook, event="feedback.created", payload={})
    activity = Activity(
        organization=body, service=service, recorded_by=actor, kind=ActivityKind.INTERVIEW,
        title=BOTH, learned=BOTH, starts_on=now.date(), ends_on=now.date(), people=3,
        shared_at=now, shares_documents=True,
    )  # fmt: skip
    db.session.add_all([item, theme, version, measured, highlight, response, message, activity])
    held = OutsideConsultation(
        organization=body, title=BOTH, opens_on=now.date(), closes_on=now.date(), means=["online"]
    )
    db.session.add(held)
    document = add_document(actor, activity, "essai.pdf", PDF, now)
    token, _secret = create_token(actor, service, "Essai", now)
    invited, _token = invite(actor, body, "invitee@example.org", Role.VIEWER, "fr", now)
    db.session.flush()
    db.session.add(
        ThemeComment(
            theme_id=theme.id,
            kind=CommentKind.FEEDBACK,
            comment_id=item.public_id,
            lang="fr",
            weight=0.5,
            is_main=True,
            representative_rank=1,
        )
    )
    db.session.commit()
    return {
        "analyses": analysis.public_id,
        "analyses/grilles": codeframe.public_id,
        "themes": kept.key,
        "ameliorations": improvement.public_id,
        "mesures": measured.public_id,
        "faits-saillants": highlight.public_id,
        "reponses": response.public_id,
        "webhooks": webhook.public_id,
        "messages": message.public_id,
        "jetons": token.public_id,
        "avis": item.public_id,
        "commentaires": item.public_id,
        "invitations": invited.public_id,
        "participation": activity.public_id,
        "apprentissages": activity.public_id,
        "documents": document.public_id,
        "registre/consultations": held.public_id,
    }
