"""One piece of feedback, with all that is known and can be done of it; and the answer to it."""

import uuid

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult import mail
from consult.db import SAFE_METHODS, db, utc_now
from consult.feedback.inbox import reading
from consult.feedback.inbox.forms import AnswerForm
from consult.feedback.inbox.letters import Letter, suggested
from consult.feedback.inbox.telling import Teller
from consult.feedback.models import FeedbackContact, FeedbackItem
from consult.feedback.services import contact, inbox
from consult.feedback.services.contact import NoContactError
from consult.feedback.services.inbox import WordsRefusedError
from consult.feedback.views.blueprint import bp, service_for
from consult.feedback.views.inbox import VERBS, kept_query
from consult.i18n import bilingual_route, current_lang
from consult.organizations.models import Service
from consult.organizations.permissions import can_handle_feedback


@bilingual_route(
    bp,
    "/equipe/services/<slug>/avis/<uuid:public_id>",
    "/staff/services/<slug>/inbox/<uuid:public_id>",
    methods=["GET", "POST"],
)
@login_required
def inbox_item(slug: str, public_id: uuid.UUID) -> str | Response | tuple[str, int]:
    """Everything about one item; a POST does one of the verbs, or adds a note."""
    if request.method in SAFE_METHODS:
        service = service_for(slug)
        return _page(service, _item(service, public_id))
    service = service_for(slug, can_handle_feedback)
    item = _item(service, public_id)
    verb = request.form.get("verb", "")
    try:
        if verb == "note":
            inbox.note(current_user, item, request.form.get("note", ""), utc_now())
            said = str(_("Your note is added."))
        else:
            said = (VERBS.get(verb) or abort(422))([item])
    except WordsRefusedError as error:
        db.session.rollback()
        fields = {"note": "note", "tag": "tag"}
        return _page(service, item, {fields.get(verb, "tag"): str(error.message)}), error.status
    db.session.commit()
    flash(said)
    return redirect(_address(item), code=303)


@bilingual_route(
    bp,
    "/equipe/services/<slug>/avis/<uuid:public_id>/reponse",
    "/staff/services/<slug>/inbox/<uuid:public_id>/answer",
    methods=["GET", "POST"],
)
@login_required
def inbox_answer(slug: str, public_id: uuid.UUID) -> str | Response | tuple[str, int]:
    """Writes to the person who left an address, which is shown to nobody."""
    service = service_for(slug, can_handle_feedback)
    item = _item(service, public_id)
    if not _can_answer(reading.contact_of(item)):
        flash(str(NoContactError.message), "error")
        return redirect(_address(item), code=303)
    form = AnswerForm(data=suggested(item)._asdict())
    if not form.validate_on_submit():
        return _answer_page(service, item, form), 422 if form.errors else 200
    letter = Letter(form.subject.data or "", form.text.data or "")
    try:
        contact.answer(current_user, item, letter, utc_now())
    except NoContactError as error:
        db.session.rollback()
        flash(str(error.message), "error")
    except mail.MailNotSentError:
        form.form_errors.append(
            _("The message could not be sent. Your text is still here: try again later.")
        )
        return _answer_page(service, item, form), 502
    else:
        flash(_("Your answer was sent, and the address is erased."))
    return redirect(_address(item), code=303)


def _item(service: Service, public_id: uuid.UUID) -> FeedbackItem:
    return reading.item_of(service, public_id) or abort(404)


def _address(item: FeedbackItem) -> str:
    address = url_for(".inbox_item", slug=item.service.slug, public_id=item.public_id)
    return f"{address}{kept_query()}"


def _can_answer(left: FeedbackContact | None) -> bool:
    waits = left is not None and left.sealed is not None and left.answered_at is None
    return waits and mail.can_send(current_app.config["SETTINGS"])


def _page(service: Service, item: FeedbackItem, errors: dict[str, str] | None = None) -> str:
    left = reading.contact_of(item)
    return render_template(
        "feedback/inbox/item.html",
        service=service,
        item=item,
        told=Teller(service, current_lang()).told(item),
        tags=reading.tags_of([item]).get(item.id, []),
        known_tags=reading.known_tags(service),
        notes=reading.notes_on(item),
        contact=left,
        can_answer=_can_answer(left),
        may_handle=can_handle_feedback(current_user, service.organization),
        errors=errors or {},
        typed=request.form,
        query=kept_query(),
    )


def _answer_page(service: Service, item: FeedbackItem, form: AnswerForm) -> str:
    return render_template(
        "feedback/inbox/answer.html", service=service, item=item, form=form, query=kept_query()
    )
