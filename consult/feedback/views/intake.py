"""What both ways in share: the limit per service, the fields of a form, where thanks lead."""

from flask import current_app, g, request, url_for

from consult.security import limiter


def _per_minute() -> str:
    return f"{current_app.config['SETTINGS'].feedback_per_minute} per minute"


def _per_service() -> str:
    return str(g.service.key)


#: Feedback is counted per service (``g.service``), never per address: a library or a call centre
#: with one address is not refused for its size.
feedback_limit = limiter.shared_limit(
    _per_minute, scope="feedback", key_func=_per_service, methods=["POST"]
)


def read_form() -> dict[str, object]:
    """The fields of a form-encoded request; a rating in digits becomes a number."""
    fields: dict[str, object] = dict(request.form.items())
    rating = request.form.get("rating", "")
    fields["rating"] = int(rating) if rating in set("12345") else rating or None
    return fields


def thanks_url(lang: str) -> str:
    """Full address, in ``lang``, of the page that tells what was done with what people said."""
    path = url_for("publishing.you_said", lang_code=lang)
    return f"{current_app.config['SETTINGS'].base_url}{path}"
