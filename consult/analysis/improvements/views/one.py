"""One improvement: its page, what is behind it, and the form that changes it."""

import uuid
from typing import Any

from flask import abort, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required

from consult.addresses import asked_page
from consult.analysis.improvements.changing import Draft, change_improvement
from consult.analysis.improvements.errors import ImprovementIncompleteError
from consult.analysis.improvements.evidence import (
    Item,
    analyses_named,
    quotations_with,
    still_said,
)
from consult.analysis.improvements.forms import ImprovementForm, values_of
from consult.analysis.improvements.history import history_of
from consult.analysis.improvements.measured_words import (
    measured_sentences,
    method_words,
    periods_words,
)
from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.analysis.improvements.reads import improvement_by_public_id, measures_of
from consult.analysis.improvements.views.making import Page, people_of, saved
from consult.analysis.improvements.words import (
    FIGURE_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
    activity_kind_words,
    alert_words,
    change_lines,
    change_title,
    day_words,
    due_words,
    effort_words,
)
from consult.analysis.views.blueprint import actor, bp
from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.organizations.permissions import (
    can_manage_improvements,
    can_read_reports,
    require,
)
from consult.quebec_time import quebec_day

#: Comments on one page of the evidence.
PER_PAGE = 50


def readable(public_id: uuid.UUID) -> Improvement:
    """The improvement, when it exists and the person may read it: 404 and 403 otherwise."""
    found: Improvement = improvement_by_public_id(public_id) or abort(404)
    require(can_read_reports, actor(), found.organization)
    return found


def changeable(public_id: uuid.UUID) -> Improvement:
    """The same, when the person may change it."""
    found = readable(public_id)
    require(can_manage_improvements, actor(), found.organization)
    return found


@bilingual_route(bp, "/ameliorations/<uuid:public_id>", "/improvements/<uuid:public_id>")
@login_required
def improvement(public_id: uuid.UUID) -> str:
    """What it is, what is behind it, what came of it, and who changed what."""
    shown = readable(public_id)
    items: list[Item] = shown.evidence.get("items", [])
    analyses = analyses_named(items)
    return render_template(
        "analysis/improvements/one.html",
        improvement=shown,
        items=items,
        said=still_said(items, analyses, shown.consultation),
        analyses=analyses,
        measures=measures_of(shown),
        history=history_of(shown),
        states=list(ImprovementState),
        due=due_words(shown, quebec_day(utc_now())),
        may_change=can_manage_improvements(actor(), shown.organization),
        **_WORDS,
    )


_WORDS: dict[str, Any] = {
    "activity_kind_words": activity_kind_words,
    "alert_words": alert_words,
    "change_lines": change_lines,
    "change_title": change_title,
    "day_words": day_words,
    "effort_words": effort_words,
    "figure_labels": FIGURE_LABELS,
    "measured_sentences": measured_sentences,
    "method_words": method_words,
    "periods_words": periods_words,
    "source_labels": SOURCE_LABELS,
    "state_labels": STATE_LABELS,
}


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>/modifier",
    "/improvements/<uuid:public_id>/change",
    methods=["GET", "POST"],
)
@login_required
def change(public_id: uuid.UUID) -> Page:
    """Everything of it, to change."""
    shown = changeable(public_id)
    people = people_of(shown.organization, shown.owner)
    form = ImprovementForm(people, data=values_of(Draft.of(shown)) | _seen(shown))
    if form.validate_on_submit() and not form.is_outdated(shown):
        try:
            change_improvement(actor(), shown, form.draft(), utc_now())
        except ImprovementIncompleteError as error:
            form.explain(error)
        else:
            return saved(shown)
    page = render_template(
        "analysis/improvements/form.html",
        form=form,
        origin=shown,
        heading=_("Change the improvement"),
        back=url_for(".improvement", public_id=public_id),
    )
    return page, 422 if form.errors else 200


def _seen(improvement: Improvement) -> dict[str, str]:
    return {"seen": improvement.changed_at.isoformat()}


@bilingual_route(
    bp,
    "/ameliorations/<uuid:public_id>/preuves/<int:number>",
    "/improvements/<uuid:public_id>/evidence/<int:number>",
)
@login_required
def evidence(public_id: uuid.UUID, number: int) -> str:
    """The comments of one theme of the evidence, those that still exist, 50 a page."""
    shown = readable(public_id)
    items: list[Item] = shown.evidence.get("items", [])
    item = items[number - 1] if 0 < number <= len(items) else None
    if item is None or item["kind"] != "theme":
        abort(404)
    ids = [uuid.UUID(one) for one in item["ids"]]
    pages, page = max(-(-len(ids) // PER_PAGE), 1), asked_page()
    some = ids[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = quotations_with(item, some, shown.consultation)
    return render_template(
        "analysis/improvements/evidence.html",
        improvement=shown,
        item=item,
        number=number,
        first=(page - 1) * PER_PAGE + 1,
        quotations=[found.get(one) for one in some],
        page=page,
        pages=pages,
        day_words=day_words,
    )
