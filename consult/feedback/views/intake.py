"""What both ways in share: the limit per service, the fields of a form, where thanks lead."""

from flask import current_app, g, request, url_for

from consult.security import limiter

#: What the limits count together.
SCOPE = "feedback"

#: In a request's environment, from the short way to the long one: it was counted already; the
#: database did not take it.
COUNTED = "consult.feedback.counted"
DATABASE_ERROR = "consult.feedback.database_error"


def _per_minute() -> str:
    settings = current_app.config["SETTINGS"]
    most = settings.token_per_minute if "api_token" in g else settings.feedback_per_minute
    return f"{most} per minute"


def _sender() -> str:
    return f"token {g.api_token.id}" if "api_token" in g else str(g.service.key)


#: Feedback is counted per service (``g.service``), never per address: a library or a call centre
#: with one address is not refused for its size. What a token sends is counted for it alone, so
#: that no server takes the place of people, nor people that of a server.
feedback_limit = limiter.shared_limit(
    _per_minute,
    scope=SCOPE,
    key_func=_sender,
    methods=["POST"],
    exempt_when=lambda: COUNTED in request.environ,
)

#: What only tokens do is counted with what they send.
token_limit = limiter.shared_limit(_per_minute, scope=SCOPE, key_func=_sender)


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
    if "seconds" in fields:
        fields["seconds"] = _number(request.form["seconds"])
    fields["answers"] = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.form.lists()
        if name not in ABOUT
    }
    return fields


def _number(typed: str) -> object:
    """The number that was sent as text; text that is none stays, and is refused with the rest."""
    try:
        return float(typed) if typed.strip() else None
    except ValueError:
        return typed


def thanks_url(lang: str) -> str:
    """Full address, in ``lang``, of the page that tells what was done with what people said."""
    path = url_for("publishing.you_said", lang_code=lang)
    return f"{current_app.config['SETTINGS'].base_url}{path}"
