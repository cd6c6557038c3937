"""How a codeframe begins: from an analysis, or as a copy of another service's."""

from datetime import datetime

from sqlalchemy import Uuid, insert, literal, select

from consult.analysis.codeframes.acts import said
from consult.analysis.codeframes.errors import (
    CodeframeExistsError,
    NothingToAdoptError,
    NotLearnedYetError,
)
from consult.analysis.codeframes.models import (
    Act,
    Codeframe,
    CodeframeAssignment,
    CodeframeModel,
    CodeframeTheme,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.codeframes.versions import codeframe_of, current_version, living
from consult.analysis.models import Analysis, ThemeComment
from consult.analysis.queries.subjects import subject_of
from consult.db import Localized, db, new_public_id
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account, Service
from consult.organizations.permissions import can_correct_codeframes, can_read_reports, require


def adopt(actor: Account, analysis: Analysis, now: datetime) -> Codeframe:
    """Keeps an analysis's themes as the first version of its subject's codeframe.

    Its comments stay where the analysis put them. Raises ``NotAllowedError``,
    ``CodeframeExistsError`` and ``NothingToAdoptError``.
    """
    require(can_correct_codeframes, actor, analysis.organization)
    if codeframe_of((analysis.service_id, analysis.consultation_id, analysis.question)):
        raise CodeframeExistsError()
    if not analysis.completed_at or not analysis.themes:
        raise NothingToAdoptError()
    codeframe = Codeframe(
        organization=analysis.organization,
        service=analysis.service,
        consultation=analysis.consultation,
        question=analysis.question,
    )
    kept = [
        CodeframeTheme(key=new_public_id(), label=_both(theme.label), position=theme.rank)
        for theme in analysis.themes
    ]
    details = {"analysis": str(analysis.public_id), "themes": len(kept)}
    _first_version(codeframe, Act.ADOPT, actor, now, details, kept)
    for theme, own in zip(analysis.themes, kept, strict=True):
        _keep_comments(codeframe, theme.id, own)
    about = subject_of(codeframe).about.fr
    record_act(actor, codeframe.organization, Action.CODEFRAME_ADOPTED, about, now)
    return codeframe


def copy(actor: Account, codeframe: Codeframe, service: Service, now: datetime) -> Codeframe:
    """Gives another service the same themes, and what was learned of them; no comment moves.

    Raises ``NotAllowedError``, ``CodeframeExistsError`` and ``NotLearnedYetError``.
    """
    require(can_read_reports, actor, codeframe.organization)
    require(can_correct_codeframes, actor, service.organization)
    if codeframe_of((service.id, None, None)):
        raise CodeframeExistsError()
    source, learned = current_version(codeframe), db.session.get(CodeframeModel, codeframe.id)
    if learned is None or learned.number != source.number:
        raise NotLearnedYetError()
    made = Codeframe(organization=service.organization, service=service)
    themes = [
        CodeframeTheme(
            key=theme.key,
            label=theme.label,
            position=theme.position,
            parent_key=theme.parent_key,
            pinned=theme.pinned,
            excluded=theme.excluded,
        )
        for theme in living(source.themes)
    ]
    details = {"theme": said(subject_of(codeframe).about), "number": source.number}
    _first_version(made, Act.COPY, actor, now, details, themes)
    db.session.add(
        CodeframeModel(
            codeframe_id=made.id,
            number=1,
            themes=learned.themes,
            state=learned.state,
            arrays=learned.arrays,
        )
    )
    record_act(actor, service.organization, Action.CODEFRAME_COPIED, service.name.fr, now)
    return made


def _first_version(
    codeframe: Codeframe,
    act: Act,
    actor: Account,
    now: datetime,
    details: dict[str, object],
    themes: list[CodeframeTheme],
) -> None:
    db.session.add(
        CodeframeVersion(
            codeframe=codeframe, number=1, act=act, made_by=actor, made_at=now,
            details=details, themes=themes,
        )
    )  # fmt: skip
    db.session.flush()


def _both(label: Localized) -> Localized:
    """The label in both languages; one that is missing is said in the other until renamed."""
    return Localized(label.in_language("fr"), label.in_language("en"))


def _keep_comments(codeframe: Codeframe, theme_id: int, own: CodeframeTheme) -> None:
    columns = ["codeframe_id", "comment_id", "theme_key", "sureness", "cosine"]
    rows = select(
        literal(codeframe.id),
        ThemeComment.comment_id,
        literal(own.key, Uuid()),
        literal(Sureness.SURE, CodeframeAssignment.sureness.type),
        ThemeComment.weight,
    ).where(ThemeComment.theme_id == theme_id, ThemeComment.is_main)
    db.session.execute(insert(CodeframeAssignment).from_select(columns, rows))
