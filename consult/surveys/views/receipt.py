"""The receipt code: shown, drawn, sent by e-mail; thanks, and a last question."""

import hmac
from contextlib import suppress

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from limits import RateLimitItem, parse
from markupsafe import Markup
from redis import RedisError
from werkzeug.wrappers import Response as WebResponse

from consult import mail
from consult.config import Settings
from consult.db import SAFE_METHODS, db, utc_now
from consult.i18n import bilingual_route, current_lang, format_moment
from consult.qr_codes import qr_image
from consult.security import limiter
from consult.surveys.forms.receipt import ExperienceForm, SendReceiptForm
from consult.surveys.models import Consultation, Response
from consult.surveys.services.experience import rate_experience
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import forget, own_response
from consult.surveys.views.steps import joined_consultation, to_receipt
from consult.surveys.views.ways_in import entry_channel, forget_invitation

Page = str | WebResponse | tuple[str, int]

#: Messages for one response …
_MESSAGES = parse("3 per day")
#: … and for one of 65,536 shares of all addresses: nobody's mailbox is filled from here, and what
#: is counted tells no address.
_MESSAGES_TO_A_SHARE = parse("10 per day")


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def receipt_address(response: Response) -> str:
    """Where the code leads: it stands after ``#``, which browsers send to no server."""
    return f"{settings().base_url}{url_for('surveys.verify')}#{response.receipt_code}"


def receipt_image(response: Response) -> Markup:
    """The QR code of that address."""
    return qr_image(receipt_address(response), _("QR code of your receipt"))


def _of_this_device(consultation: Consultation) -> Response | None:
    response = own_response(consultation)
    if response is None:
        flash(_("This device holds no answers to this consultation."))
    return response


def _to_consultation(consultation: Consultation) -> WebResponse:
    return redirect(url_for("surveys.consultation", slug=consultation.slug), code=303)


@bilingual_route(bp, "/consultations/<slug>/plus-tard", "/consultations/<slug>/later")
def later(slug: str) -> Page:
    """The code that brings unsent answers back, here or on another device."""
    consultation = joined_consultation(slug)
    response = _of_this_device(consultation)
    if response is None:
        return _to_consultation(consultation)
    if response.draft is None:
        return to_receipt(consultation)
    return _render_code("surveys/later.html", response, SendReceiptForm(formdata=None))


@bilingual_route(bp, "/consultations/<slug>/recu", "/consultations/<slug>/receipt")
def receipt(slug: str) -> Page:
    """The receipt code, thanks, what happens next, and the last question."""
    consultation = joined_consultation(slug)
    response = own_response(consultation)
    if response is None or not response.is_submitted:
        flash(_("No answers were sent from this device for this consultation."))
        return _to_consultation(consultation)
    if entry_channel(consultation):
        return redirect(url_for("surveys.entered", slug=slug), code=303)
    return _render_code("surveys/receipt.html", response, SendReceiptForm(formdata=None))


@bilingual_route(
    bp,
    "/consultations/<slug>/recu/courriel",
    "/consultations/<slug>/receipt/email",
    methods=["GET", "POST"],
)
def send_receipt(slug: str) -> Page:
    """Sends the code to an address that is used once: not kept, not logged, not queued."""
    consultation = joined_consultation(slug)
    response = _of_this_device(consultation)
    if response is None:
        return _to_consultation(consultation)
    unsent = response.draft is not None
    back = redirect(url_for("surveys.later" if unsent else "surveys.receipt", slug=slug), code=303)
    if request.method in SAFE_METHODS or not mail.can_send(settings()):
        return back
    form = SendReceiptForm()
    if not form.validate():
        template = "surveys/later.html" if unsent else "surveys/receipt.html"
        return _render_code(template, response, form), 422
    address = form.address.data or ""
    if not _may_send(address):
        flash(_("Too many messages were sent today. Your code is still on this page."), "error")
        return back
    if not _may_send_again(response):
        flash(_("This code was sent three times today already. It is on this page too."), "error")
        return back
    message = _message(response)
    db.session.rollback()  # nobody waits for the mail server but this person
    try:
        mail.send(settings(), address, *message)
    except mail.MailNotSentError:
        flash(_("The message could not be sent. Your code is still on this page."), "error")
    else:
        flash(_("Your code was sent to the address you gave. The address is not kept."))
    return back


def _may_send_again(response: Response) -> bool:
    return _counted(_MESSAGES, "receipt-message", str(response.public_id))


def _may_send(address: str) -> bool:
    name, _at, host = address.lower().rpartition("@")
    mailbox = f"{name.split('+')[0]}@{host}"  # what follows "+" is only a label
    key = settings().secret_key.encode()
    share = hmac.digest(key, f"receipt-message {mailbox}".encode(), "sha256")[:2].hex()
    return _counted(_MESSAGES_TO_A_SHARE, "receipt-address", share)


def _counted(limit: RateLimitItem, *key: str) -> bool:
    """Counts one more message; nobody goes without because the counts are out of reach."""
    with suppress(RedisError):
        return limiter.limiter.hit(limit, *key)
    return True


def _message(response: Response) -> tuple[str, str]:
    """Subject and text, in the language of the page."""
    consultation = response.consultation
    title = consultation.title.in_language(current_lang())
    code = "-".join(response.receipt_groups)
    text = _(
        "Your receipt code for the consultation “%(title)s”:\n\n"
        "    %(code)s\n\n"
        "Until %(moment)s, Québec time, it lets you come back to your answers on any device, "
        "check that they were received, correct them or withdraw them:\n\n"
        "    %(address)s\n\n"
        "Whoever has this code can see and change your answers. Your address was used to send "
        "this message and is not kept. Nobody reads replies to it.\n",
        title=title,
        code=code,
        moment=format_moment(consultation.closes_at),
        address=receipt_address(response),
    )
    return str(_("Your receipt code: %(title)s", title=" ".join(title.split()))), str(text)


@bilingual_route(
    bp,
    "/consultations/<slug>/recu/experience",
    "/consultations/<slug>/receipt/experience",
    methods=["GET", "POST"],
)
def experience(slug: str) -> Page:
    """Keeps the answer to the last question; it can be changed, and never has to be given."""
    consultation = joined_consultation(slug)
    response = own_response(consultation, lock=request.method == "POST")
    if response is None or not response.is_submitted or request.method in SAFE_METHODS:
        return to_receipt(consultation)
    form = ExperienceForm()
    if form.validate():
        rating = int(form.rating.data) if form.rating.data else None
        if not rate_experience(response, rating, form.comment.data or "", utc_now()):
            db.session.commit()
            flash(_("Thank you. Your answer on this consultation is kept."))
            return to_receipt(consultation)
        form.comment.errors = (_("Your answer contains a character that cannot be kept."),)
    mailing = SendReceiptForm(formdata=None)
    return _render_code("surveys/receipt.html", response, mailing, form), 422


def _render_code(
    template: str,
    response: Response,
    form: SendReceiptForm,
    experience_form: ExperienceForm | None = None,
) -> str:
    kept = {
        "rating": str(response.experience_rating or ""),
        "comment": response.experience_comment,
    }
    asked = experience_form or ExperienceForm(formdata=None, data=kept)
    now = utc_now()
    return render_template(
        template,
        consultation=response.consultation,
        response=response,
        qr=receipt_image(response),
        verify_url=settings().base_url + url_for("surveys.verify"),
        may_send=mail.can_send(settings()),
        email_form=form,
        experience_form=asked,
        form=form if form.errors else asked,
        now=now,
        may_change=now < response.consultation.closes_at,
    )


@bilingual_route(
    bp,
    "/consultations/<slug>/autre-personne",
    "/consultations/<slug>/someone-else",
    methods=["POST"],
)
def someone_else(slug: str) -> WebResponse:
    """Removes the receipt from this device, so that another person can answer on it."""
    consultation = joined_consultation(slug)
    forget(consultation)
    forget_invitation(consultation)
    flash(
        _(
            "The receipt was removed from this device. What was sent or saved is kept. "
            "Someone else can use this device."
        )
    )
    return _to_consultation(consultation)
