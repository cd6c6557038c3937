"""The receipt code, given back: it tells whether the answers were received."""

from flask import render_template
from flask_babel import lazy_gettext as _l

from consult.i18n import bilingual_route
from consult.security import limiter
from consult.surveys import queries
from consult.surveys.forms.receipt import ReceiptForm
from consult.surveys.models import Response
from consult.surveys.receipts import read_receipt_code
from consult.surveys.views.blueprint import bp

#: For everyone together: 60 bits are not guessed at this pace, and no address is looked at.
_PACE = "60 per minute"


@bilingual_route(bp, "/recu", "/receipt", methods=["GET", "POST"])
@limiter.limit(_PACE, methods=["POST"])
def verify() -> str | tuple[str, int]:
    """Says when the answers of a receipt code were received; the code stays out of addresses."""
    form = ReceiptForm()
    response = _found(form) if form.validate_on_submit() else None
    page = render_template("surveys/verify.html", form=form, response=response)
    return (page, 422) if form.errors else page


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
