"""Entering answers for someone, on the same pages as everyone."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.addresses import asked_page
from consult.db import SAFE_METHODS, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.organizations.permissions import (
    can_enter_answers,
    can_read_reports,
    require_somewhere,
)
from consult.surveys import queries
from consult.surveys.errors import ConsultationClosedError, ConsultationNotOpenError
from consult.surveys.forms.assisted import BANNERS, CHANNELS, EntryForm
from consult.surveys.models import Channel, Consultation, Response
from consult.surveys.services.assisted import entered_counts, require_entry
from consult.surveys.views.blueprint import actor, bp, readable_consultation
from consult.surveys.views.draft import forget, own_response
from consult.surveys.views.steps import to_page
from consult.surveys.views.ways_in import begin_entry, end_entry, entry_channel, forget_invitation

Page = str | WebResponse | tuple[str, int]


@bilingual_route(bp, "/equipe/saisie", "/staff/entry")
@login_required
def entries() -> str:
    """The consultations that take answers entered for someone: all that an agent sees."""
    require_somewhere(can_enter_answers, actor())
    now = utc_now()
    found = queries.taking_entries(actor(), now, asked_page())
    return render_template("surveys/entries.html", consultations=found, now=now)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/saisie",
    "/staff/consultations/<slug>/entry",
    methods=["GET", "POST"],
)
@login_required
def assist(slug: str) -> Page:
    """Asks how the answers reach the staff, then leads to the questionnaire in that language."""
    consultation = readable_consultation(slug, can_enter_answers)
    form = EntryForm(data={"lang": current_lang(), "channel": entry_channel(consultation)})
    if not form.validate_on_submit():
        return _render(consultation, form)
    channel = Channel(form.channel.data)
    try:
        require_entry(actor(), consultation, channel, utc_now())
    except (ConsultationClosedError, ConsultationNotOpenError) as error:
        form.channel.errors = (str(error.message),)
        return _render(consultation, form)
    _leave_other(consultation)
    begin_entry(consultation, channel)
    return to_page(consultation, 1, lang_code=form.lang.data)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/saisie/recu",
    "/staff/consultations/<slug>/entry/receipt",
    methods=["GET", "POST"],
)
@login_required
def entered(slug: str) -> Page:
    """The code to give to the person; a POST makes ready for the next one, or stops (``stop``)."""
    consultation = readable_consultation(slug, can_enter_answers)
    response = _entered_here(consultation)
    if request.method in SAFE_METHODS and response:
        return render_template(
            "surveys/entered.html",
            consultation=consultation,
            response=response,
            channel_words=CHANNELS[response.channel],
        )
    if response:
        forget(consultation)
    if "stop" in request.form:
        end_entry()
    elif response and request.method == "POST" and entry_channel(consultation):
        return to_page(consultation, 1, lang_code=response.lang)
    return redirect(url_for("surveys.assist", slug=slug), code=303)


@bp.app_context_processor
def _entry_words() -> dict[str, Any]:
    return {"entry_banner": entry_banner}


def entry_banner(consultation: Consultation) -> str:
    """What stands above a page while answers are entered for someone; '' for one's own answers."""
    channel = entry_channel(consultation)
    return str(BANNERS[channel]) if channel else ""


def _entered_here(consultation: Consultation) -> Response | None:
    response = own_response(consultation)
    return response if response and response.is_submitted and response.entered_by_id else None


def _leave_other(consultation: Consultation) -> None:
    """Sets aside what this browser was writing, and tells the code that leads back to it."""
    other = own_response(consultation)
    if other and other.draft is not None:
        code = "-".join(other.receipt_groups)
        flash(
            _(
                "Other answers were being written on this device. Their receipt code is %(code)s: "
                "keep it to come back to them.",
                code=code,
            )
        )
    forget(consultation)
    forget_invitation(consultation)


def _render(consultation: Consultation, form: EntryForm) -> Page:
    may_read = can_read_reports(actor(), consultation.organization)
    page = render_template(
        "surveys/assist.html",
        consultation=consultation,
        form=form,
        channels=CHANNELS,
        entered=entered_counts(consultation) if may_read else [],
        may_read=may_read,
        now=utc_now(),
    )
    return (page, 422) if form.errors else page
