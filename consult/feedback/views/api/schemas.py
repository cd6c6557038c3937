"""What goes in and out, described. The checks themselves are in ``consult.feedback.checks``."""

from typing import Any

from marshmallow import INCLUDE, RAISE, Schema, fields, validate

from consult.feedback.checks import CHANNEL, KEY, MAX_COMMENT
from consult.feedback.views.api.words import N_

#: Items of a batch.
MOST_ITEMS = 1_000

_ANSWER = {
    "oneOf": [
        {"type": ["string", "integer", "null"]},
        {"type": "array", "items": {"type": ["string", "integer"]}},
    ]
}


def _about(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description, **more}}


class About(Schema):
    """What stands beside the answers."""

    class Meta:
        unknown = RAISE

    question_set = fields.String(
        allow_none=True,
        **_about(N_("The name of what was asked; the service’s settings say it otherwise.")),
    )
    lang = fields.String(
        validate=validate.OneOf(["fr", "en"]),
        **_about(N_("The language the person was addressed in, and that of the answer.")),
    )
    page = fields.String(
        allow_none=True,
        **_about(N_("Address or path of the page the person came from; its query is not kept.")),
    )
    reference = fields.String(
        allow_none=True,
        **_about(N_("The service’s own name of the transaction; 200 characters are kept.")),
    )
    channel = fields.String(
        validate=validate.Regexp(CHANNEL),
        **_about(N_("How the person reached the form: a short word.")),
    )
    idempotency_key = fields.String(
        allow_none=True,
        validate=validate.Regexp(KEY),
        **_about(N_("Names this feedback, so that sent twice it counts once.")),
    )


class Person(About):
    """What comes with the answers of a person who fills in a form."""

    contact = fields.String(
        allow_none=True,
        **_about(N_("The email address of who wants an answer, where the service asks for it.")),
    )
    website = fields.String(
        allow_none=True,
        **_about(N_("A field that people do not see: left empty, unless by a machine.")),
    )
    seconds = fields.Float(
        allow_none=True, **_about(N_("How long the form was open before it was sent."))
    )


class Answers(Schema):
    """Answers, and the two commonest beside them."""

    answers = fields.Dict(
        keys=fields.String(),
        metadata={
            "description": N_("Answers by the name of the question: codes, never words."),
            "additionalProperties": _ANSWER,
        },
    )
    rating = fields.Raw(
        metadata={
            "description": N_("The answer to the question of this name, from 1 to 5."),
            "enum": [1, 2, 3, 4, 5, "1", "2", "3", "4", "5", "", None],
        }
    )
    comment = fields.String(
        allow_none=True,
        validate=validate.Length(max=MAX_COMMENT),
        **_about(N_("The answer in people’s own words. Identifiers are masked before it is kept.")),
    )


class Feedback(Person, Answers):
    """One piece of feedback."""


class FeedbackForm(Person):
    """One piece of feedback as a form: each other field is the answer to a question."""

    class Meta:
        unknown = INCLUDE


class BatchItem(About, Answers):
    """One piece of feedback given elsewhere."""

    idempotency_key = fields.String(
        required=True,
        validate=validate.Regexp(KEY),
        **_about(N_("Names this feedback, so that sent twice it counts once.")),
    )
    segment = fields.String(
        allow_none=True, **_about(N_("The group the person belongs to, when it is known."))
    )
    submitted_at = fields.DateTime(
        allow_none=True,
        **_about(N_("When it was given, with its time zone; now unless it is told.")),
    )


class Batch(Schema):
    """Feedback given elsewhere."""

    class Meta:
        unknown = RAISE

    items = fields.List(
        fields.Nested(BatchItem),
        required=True,
        validate=validate.Length(min=1, max=MOST_ITEMS),
        **_about(N_("What was given, in any order.")),
    )


class Received(Schema):
    """What became of one piece of feedback."""

    id = fields.UUID(required=True, **_about(N_("Its public identifier.")))
    thanks = fields.String(
        required=True,
        **_about(N_("A page that tells what was done with what people said.")),
    )
    masked = fields.Boolean(
        required=True,
        **_about(N_("True when what looked like personal information was masked.")),
    )


class ItemReceived(Schema):
    """What became of one item of a batch."""

    id = fields.UUID(required=True, **_about(N_("Its public identifier.")))
    new = fields.Boolean(required=True, **_about(N_("False when it was stored before.")))
    masked = fields.Boolean(
        required=True,
        **_about(N_("True when what looked like personal information was masked.")),
    )


class BatchReceived(Schema):
    """What became of a batch."""

    new = fields.Integer(required=True, **_about(N_("How many were not stored before.")))
    items = fields.List(
        fields.Nested(ItemReceived), required=True, **_about(N_("One for each item, in order."))
    )


class Words(Schema):
    """A text in both languages."""

    class Meta:
        unknown = INCLUDE

    fr = fields.String()
    en = fields.String()


class Question(Schema):
    """A question, as the questionnaire package defines it."""

    class Meta:
        unknown = INCLUDE

    name = fields.String(required=True, **_about(N_("The name that answers it.")))
    type = fields.String(required=True, **_about(N_("The kind of question.")))
    label = fields.Nested(Words, **_about(N_("What is asked.")))


class Questions(Schema):
    """The questions of a service."""

    question_set = fields.String(required=True, **_about(N_("Their name, to send with answers.")))
    title = fields.Nested(Words, required=True, **_about(N_("The title of the form.")))
    questions = fields.List(
        fields.Nested(Question), required=True, **_about(N_("In the order they are asked."))
    )


class Item(Schema):
    """One piece of feedback, as it leaves."""

    id = fields.UUID(required=True, **_about(N_("Its public identifier.")))
    submitted_at = fields.DateTime(required=True, **_about(N_("When it was given.")))
    question_set = fields.String(required=True, **_about(N_("The name of what was asked.")))
    answers = fields.Dict(required=True, **_about(N_("Codes by the name of the question.")))
    rating = fields.Integer(
        required=True, allow_none=True, **_about(N_("Satisfaction from 1 to 5, where it is told."))
    )
    comment = fields.String(required=True, **_about(N_("Words, identifiers masked; may be empty.")))
    lang = fields.String(required=True, **_about(N_("“fr” or “en”.")))
    channel = fields.String(required=True, **_about(N_("How the person reached the form.")))
    page = fields.String(
        required=True, allow_none=True, **_about(N_("The page the person came from."))
    )
    reference = fields.String(
        required=True, allow_none=True, **_about(N_("The service’s own name of the transaction."))
    )
    segment = fields.String(
        required=True, allow_none=True, **_about(N_("The group the person belongs to."))
    )
    review = fields.String(
        required=True,
        validate=validate.OneOf(["clear", "held", "kept", "set_aside"]),
        **_about(N_("Whether somebody had to look at it, and what they decided.")),
    )
    counted = fields.Boolean(required=True, **_about(N_("Whether it counts in scores.")))


class ItemsPage(Schema):
    """A page of feedback."""

    items = fields.List(fields.Nested(Item), required=True, **_about(N_("Oldest first.")))
    next = fields.String(
        required=True,
        allow_none=True,
        **_about(N_("The cursor of the next page; null at the end.")),
    )


class Problem(Schema):
    """What went wrong and what to do (RFC 9457)."""

    type = fields.String(required=True, **_about(N_("Names the kind of problem, for machines.")))
    status = fields.Integer(required=True, **_about(N_("The HTTP status.")))
    detail = fields.String(
        required=True, **_about(N_("What happened and what to do, in the sender’s language."))
    )
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **_about(N_("A message for each field that cannot be taken.")),
    )
