"""The receipt code, given back: it brings unsent answers here, and tells that others came in."""

from flask import Response as FlaskResponse
from flask import flash, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as WebResponse

from consult import mail
from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.security import limiter
from consult.surveys import queries
from consult.surveys.forms.receipt import ReceiptForm
from consult.surveys.models import Response, ResponseState
from consult.surveys.receipts import read_receipt_code
from consult.surveys.services.respond import takes_answers
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import own_response, remember
from consult.surveys.views.receipt import settings
from consult.surveys.views.steps import to_resume

#: Codes that lead nowhere, of everyone together. With a million codes in use, a year of guessing at
#: this pace finds one with a probability of 1 in 2,000 (60 bits). Codes that are right never count,
#: so it takes a thousand wrong ones a minute, without rest, to keep anybody out; no address is
#: looked at.
WRONG_CODES = "1000 per minute"


def _was_wrong(response: FlaskResponse) -> bool:
    return response.status_code == 422


@bilingual_route(bp, "/recu", "/receipt", methods=["GET", "POST"])
@limiter.limit(lambda: WRONG_CODES, methods=["POST"], deduct_when=_was_wrong)
def verify() -> str | WebResponse | tuple[str, int]:
    """Takes a receipt code; it stays out of addresses, so that no log has it.

    Unsent answers: on to the page where the person left. Sent or withdrawn: what became of them.
    """
    form = ReceiptForm()
    response = _found(form) if form.validate_on_submit() else None
    if response is None:
        page = render_template("surveys/verify.html", form=form)
        return (page, 422) if form.errors else page
    consultation, now = response.consultation, utc_now()
    is_open = takes_answers(consultation, now, response.started_at, channel=response.channel)
    if is_open and response.state is not ResponseState.WITHDRAWN:
        _bring_here(response)
        if response.state is ResponseState.DRAFT:
            flash(_("Your answers are back. Carry on where you left off."))
            return to_resume(consultation, response, now)
    return render_template(
        "surveys/received.html",
        response=response,
        consultation=consultation,
        may_change=is_open and now < consultation.closes_at,
        may_send=mail.can_send(settings()),
        now=now,
    )


def _bring_here(response: Response) -> None:
    """Makes the response this device's, and tells the code of unsent ones it takes the place of."""
    other = own_response(response.consultation)
    if other and other.public_id != response.public_id and other.draft:
        flash(
            _(
                "Other answers were being written on this device. Their receipt code is %(code)s: "
                "keep it to come back to them.",
                code="-".join(other.receipt_groups),
            )
        )
    remember(response.consultation, response)


def _found(form: ReceiptForm) -> Response | None:
    code = read_receipt_code(form.code.data or "")
    response = queries.response_by_receipt(code) if code else None
    if response is None:
        form.code.errors = (
            _l(
                "No answers are known under this code. "
                "Compare it with your receipt, then try again."
            ),
        )
    return response
