"""Invitation codes: given by the person, and made by the staff."""

from flask import Response as FlaskResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.catalogues import LANGUAGES
from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_edit_consultations, require
from consult.security import limiter
from consult.spreadsheet_cells import always_safe
from consult.surveys.errors import InvitationNeededError, InvitationSpentError
from consult.surveys.export.csv_pieces import csv_pieces
from consult.surveys.forms.invitations import InvitationForm, MakeInvitationsForm, RevokeForm
from consult.surveys.invitation_list import UnreadableListError, read_references
from consult.surveys.models import Access, Consultation
from consult.surveys.receipts import read_receipt_code
from consult.surveys.services import invitations as services
from consult.surveys.views.blueprint import actor, bp, readable_consultation
from consult.surveys.views.draft import own_response
from consult.surveys.views.steps import joined_consultation, link_codes, to_check, to_page
from consult.surveys.views.ways_in import forget_invitation, remember_invitation

Page = str | WebResponse | tuple[str, int]

#: Codes that lead nowhere, of everyone together: 60 bits are not guessed at this pace, and no
#: address is looked at.
WRONG_CODES = "1000 per minute"


def _was_wrong(response: FlaskResponse) -> bool:
    return response.status_code == 422


def _secret() -> str:
    return str(current_app.config["SETTINGS"].secret_key)


@bilingual_route(
    bp,
    "/consultations/<slug>/invitation",
    "/consultations/<slug>/invitation",
    methods=["GET", "POST"],
)
@limiter.limit(lambda: WRONG_CODES, methods=["POST"], deduct_when=_was_wrong)
def invitation(slug: str) -> Page:
    """Asks for the invitation code; it stays out of addresses, so that no log has it."""
    consultation = joined_consultation(slug)
    if consultation.access is not Access.INVITED:
        return to_page(consultation, 1)
    form = InvitationForm()
    if form.validate_on_submit() and _accepted(consultation, form):
        response = own_response(consultation)
        unsent = response is not None and response.draft is not None
        if unsent:
            return to_check(consultation)
        return to_page(consultation, 1, link_codes(consultation.version))
    page = render_template(
        "surveys/invitation.html",
        consultation=consultation,
        form=form,
        response=own_response(consultation),
    )
    return (page, 422) if form.errors else page


def _accepted(consultation: Consultation, form: InvitationForm) -> bool:
    """Keeps the invitation of the code typed; otherwise the form says what is wrong."""
    code = read_receipt_code(form.code.data or "")
    try:
        if code is None:
            raise InvitationNeededError()
        found = services.find_invitation(consultation, code, _secret())
    except InvitationNeededError:
        form.code.errors = (
            _l(
                "This is not an invitation code for this consultation. "
                "Compare it with your invitation, then try again."
            ),
        )
    except InvitationSpentError as error:
        form.code.errors = (str(error.message),)
    else:
        remember_invitation(consultation, found.id)
        return True
    return False


def _ask_again(message: str) -> WebResponse:
    """Leads to the page that asks for the code; what was written is kept."""
    db.session.rollback()
    consultation = joined_consultation((request.view_args or {})["slug"])
    forget_invitation(consultation)
    flash(message, "error")
    return redirect(url_for("surveys.invitation", slug=consultation.slug), code=303)


@bp.errorhandler(InvitationNeededError)
def ask_for_invitation(error: InvitationNeededError) -> WebResponse:
    return _ask_again(str(error.message))


@bp.errorhandler(InvitationSpentError)
def tell_invitation_is_spent(error: InvitationSpentError) -> WebResponse:
    kept = _("What you wrote is kept on this device, and was not sent.")
    return _ask_again(f"{error.message} {kept}")


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/invitations",
    "/staff/consultations/<slug>/invitations",
    methods=["GET", "POST"],
)
@login_required
def invitations(slug: str) -> Page | FlaskResponse:
    """How many were made and used; a POST makes some and sends their codes, this one time."""
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    form = MakeInvitationsForm()
    if form.validate_on_submit():
        try:
            made = services.make_invitations(
                actor(), consultation, _references(form), _secret(), utc_now()
            )
        except UnreadableListError as error:
            db.session.rollback()
            form.references.errors = (str(error.message),)
            consultation = readable_consultation(slug)
        else:
            db.session.commit()
            return _codes(consultation, made)
    return _render(consultation, form)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/invitations/revocation",
    "/staff/consultations/<slug>/invitations/revocation",
    methods=["POST"],
)
@login_required
def revoke_invitations(slug: str) -> WebResponse:
    """Revokes the unused invitations of a reference, or all of them."""
    consultation = readable_consultation(slug)
    form = RevokeForm()
    if not form.validate():
        abort(422)
    reference = (form.reference.data or "").strip()
    count = services.revoke(actor(), consultation, reference, utc_now())
    db.session.commit()
    flash(
        ngettext(
            "%(num)d unused invitation is revoked.",
            "%(num)d unused invitations are revoked.",
            count,
        )
    )
    return redirect(url_for("surveys.invitations", slug=slug), code=303)


def _references(form: MakeInvitationsForm) -> list[str]:
    sent = form.references.data
    if sent and sent.filename:
        return read_references(sent.read())
    if not form.number.data:
        raise UnreadableListError(_("Choose a list, or write how many codes to make."))
    return [""] * int(form.number.data)


def _codes(consultation: Consultation, made: list[services.Made]) -> FlaskResponse:
    """The codes as a CSV file; nobody can have them again."""
    site = current_app.config["SETTINGS"].base_url
    slug = consultation.slug
    pages = {
        lang: site + url_for("surveys.invitation", slug=slug, lang_code=lang) for lang in LANGUAGES
    }
    rows = ((always_safe(one.reference), *_told(one.code, pages)) for one in made)
    header = ("reference", "code", *(f"address_{lang}" for lang in LANGUAGES))
    pieces = csv_pieces(header, rows, byte_order_mark=True)
    answer = FlaskResponse(pieces, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-invitations.csv")
    return answer


def _told(code: str, pages: dict[str, str]) -> list[str]:
    """The code in groups, and the pages that take it; it stands after ``#``, sent to no server."""
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4))] + [
        f"{page}#{code}" for page in pages.values()
    ]


def _render(consultation: Consultation, form: MakeInvitationsForm) -> Page:
    page = render_template(
        "surveys/invitations.html",
        consultation=consultation,
        form=form,
        revoke_form=RevokeForm(formdata=None),
        totals=services.invitation_totals(consultation),
    )
    return (page, 422) if form.errors else page
