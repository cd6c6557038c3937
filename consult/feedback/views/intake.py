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


#: What a sender says beside the answers.
ABOUT = (
    "question_set",
    "lang",
    "page",
    "reference",
    "channel",
    "idempotency_key",
    "contact",
    "website",
    "seconds",
)


def read_form() -> dict[str, object]:
    """The fields of a form-encoded request; all but those ``ABOUT`` it are answers."""
    fields: dict[str, object] = {name: request.form[name] for name in ABOUT if name in request.form}
    fields["answers"] = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.form.lists()
        if name not in ABOUT
    }
    return fields


def thanks_url(lang: str) -> str:
    """Full address, in ``lang``, of the page that tells what was done with what people said."""
    path = url_for("publishing.you_said", lang_code=lang)
    return f"{current_app.config['SETTINGS'].base_url}{path}"
