"""Versions of a questionnaire: making one, listing them, reading one, starting from it again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_edit_consultations
from consult.question_pages.definition_messages import problem_message
from consult.questionnaires import DefinitionError
from consult.surveys.builder.errors import DraftChangedError
from consult.surveys.builder.outline import outline
from consult.surveys.builder.queries import draft_of, version_uses
from consult.surveys.errors import NotReadyError
from consult.surveys.gap_messages import gap_message
from consult.surveys.models import Consultation, QuestionnaireVersion
from consult.surveys.services.draft import definition_of, make_version, start_from
from consult.surveys.type_words import TYPES
from consult.surveys.views.blueprint import actor, bp, readable_consultation
from consult.surveys.views.build import EN, FR
from consult.surveys.views.draft_pages import (
    Page,
    back_to_outline,
    changed_message,
    editable_consultation,
    editing,
    refuse,
)


@bilingual_route(bp, f"{FR}/composer/version", f"{EN}/build/version", methods=["POST"])
@login_required
def build_version(slug: str) -> Page:
    """Makes the draft the questionnaire that new answers get, or says what it lacks."""
    consultation = editable_consultation(slug)
    try:
        version = make_version(editing(consultation))
    except DraftChangedError as error:
        return refuse(slug, f"{changed_message(error.draft)} {_('Nothing was done. Look again.')}")
    except DefinitionError as error:
        return _refused(slug, [problem_message(problem) for problem in error.problems])
    except NotReadyError as error:
        return _refused(slug, [gap_message(gap) for gap in error.gaps])
    db.session.commit()
    flash(_("Version %(number)s of the questionnaire is in place.", number=version.number))
    return redirect(url_for("surveys.edit", slug=slug), code=303)


def _refused(slug: str, reasons: list[str]) -> Page:
    db.session.rollback()
    consultation = editable_consultation(slug)
    page = render_template(
        "surveys/builder/refused.html", consultation=consultation, reasons=reasons
    )
    return page, 422


@bilingual_route(bp, f"{FR}/versions", f"{EN}/versions")
@login_required
def versions(slug: str) -> str:
    """Every version, the latest first, with the answers to each."""
    consultation = readable_consultation(slug)
    return render_template(
        "surveys/builder/versions.html",
        consultation=consultation,
        versions=version_uses(consultation),
    )


@bilingual_route(bp, f"{FR}/versions/<int:number>", f"{EN}/versions/<int:number>")
@login_required
def version(slug: str, number: int) -> str:
    """A version, to read."""
    consultation = readable_consultation(slug)
    found = _version(consultation, number)
    may_edit = can_edit_consultations(actor(), consultation.organization)
    draft = draft_of(consultation) if may_edit else None
    return render_template(
        "surveys/builder/version.html",
        consultation=consultation,
        version=found,
        pages=outline(definition_of(found)),
        types=TYPES,
        may_edit=may_edit,
        revision=draft.revision if draft else 0,
    )


@bilingual_route(bp, f"{FR}/composer/reprendre", f"{EN}/build/restart", methods=["POST"])
@login_required
def build_restart(slug: str) -> WebResponse:
    """Puts a version (field ``number``) in the place of the draft."""
    consultation = editable_consultation(slug)
    found = _version(consultation, request.form.get("number", 0, type=int))
    try:
        start_from(editing(consultation), found)
    except DraftChangedError as error:
        return refuse(slug, f"{changed_message(error.draft)} {_('Nothing was done. Look again.')}")
    db.session.commit()
    return back_to_outline(slug, _("You start again from version %(number)s.", number=found.number))


def _version(consultation: Consultation, number: int) -> QuestionnaireVersion:
    found = (version for version in consultation.versions if version.number == number)
    return next(found, None) or abort(404)
