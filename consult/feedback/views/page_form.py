"""The form of the page without script: from what an address or a person says, and back to them.

A form that a service pasted in a page of its own is read here too: its fields bear the names of the
questions, where those of our page have a prefix.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from consult.feedback import queries
from consult.feedback.checks import CHECKS, FieldError
from consult.feedback.errors import Message
from consult.feedback.forms import BesideForm
from consult.feedback.question_sets import DEFAULT, READY, QuestionSet
from consult.feedback.returning import safe_return
from consult.feedback.services.follow_up import outcome_of
from consult.i18n import current_lang
from consult.organizations.models import Service
from consult.organizations.origins import may_send, site_origin
from consult.question_pages import PageContext, SectionForm, field_name, section_form
from consult.questionnaires.logic import Outcome
from consult.sealing import SealBrokenError, seal, unseal

#: The channel of who does not say another.
CHANNEL = "page"

#: What keeps these seals apart from others.
_BEGAN = "feedback page made"

_NO_TOKEN = {"csrf": False}


@dataclass
class Asking:
    """A set of questions asked of someone; ``refused`` are messages by field, '' for the whole."""

    questions: QuestionSet
    form: SectionForm
    beside: BesideForm
    outcome: Outcome
    refused: dict[str, Message]


def own_origin() -> str:
    return site_origin(current_app.config["SETTINGS"].base_url)


def asked_by_address(service: Service, now: datetime) -> Asking:
    """The form as the address asks for it: its questions, and what it says beside them."""
    asked = _questions(service, request.args.get("question_set"))
    told = {name: request.args.get(name) for name in ("page", "reference", "channel", "return_to")}
    began = seal(_secret(), now.isoformat(), purpose=_BEGAN)
    told |= {"question_set": asked.name, "began": began}
    beside = BesideForm(formdata=None, data=told)
    _keep_what_can_be_followed(service, beside)
    form = section_form(asked.section, current_lang())(formdata=None, meta=_NO_TOKEN)
    return Asking(asked, form, beside, outcome_of(asked, {}, now), {})


def asked_by_form(service: Service, now: datetime) -> Asking:
    """The form as it was sent, by our page or by a page of the service."""
    beside = BesideForm()
    named = beside.question_set.data
    asked = _questions(service, named)
    refused: dict[str, Message] = {}
    if named and queries.question_set_of(service, named) is None:
        refused[""] = _("These questions are not asked any more. Answer those of this page.")
    if not _is_from_a_site_of(service):
        refused[""] = _(
            "The site you come from is not one that this service has named. Your feedback is not "
            "sent yet: you can read it again and send it from here."
        )
    way_back = beside.return_to.data
    _keep_what_can_be_followed(service, beside)
    if way_back and not beside.return_to.data:
        refused[""] = _(
            "The page you come from would lead you to an address that is not one of this service. "
            "Your feedback is not sent yet: you can send it from here."
        )
    beside.question_set.data = asked.name
    made = section_form(asked.section, current_lang())
    form = made(formdata=_fields(asked, now), meta=_NO_TOKEN)
    return Asking(asked, form, beside, outcome_of(asked, form.typed(), now), refused)


def seconds_open(beside: BesideForm, now: datetime) -> float | None:
    """How long ago our page was made, in seconds; None when the form does not tell it for sure.

    It only serves to tell machines from people: a seal that is lost or broken refuses nobody.
    """
    try:
        began = datetime.fromisoformat(unseal(_secret(), beside.began.data or "", purpose=_BEGAN))
    except SealBrokenError:
        return None
    seconds = (now - began).total_seconds()
    return seconds if seconds >= 0 else None  # the clocks of two machines


def _secret() -> str:
    return str(current_app.config["SETTINGS"].secret_key)


def show_refused(asking: Asking) -> list[Message]:
    """Puts each message at its field; returns those that no field of the page shows."""
    above = []
    for name, message in asking.refused.items():
        question = next((q for q in asking.questions.section.answerable if q.name == name), None)
        if question is not None and name in asking.outcome.visible:
            field = asking.form[field_name(question)]
            field.errors = [message]
        elif name == "contact":
            asking.beside.contact.errors = [message]
        else:
            above.append(message)
    return above


def dress(asking: Asking) -> None:
    """Readies the questions to be shown as the answers so far make them."""
    comment = asking.questions.questionnaire.question("comment")
    if comment is not None and comment.hint is None:
        asking.form[field_name(comment)].description = _(
            "Do not write your name, a phone number or a file number. No cookie is set."
        )
    context = PageContext(asking.questions.questionnaire, asking.outcome)
    asking.form.show_in(context)


def _questions(service: Service, name: str | None) -> QuestionSet:
    """The set with this name; that of the service's settings when there is none."""
    found = queries.question_set_of(service, name) if name else None
    return found or queries.question_set_of(service) or READY[DEFAULT]


def _is_from_a_site_of(service: Service) -> bool:
    """False for another site. A site that tells nothing of itself ('null') is not another."""
    origin = request.headers.get("Origin")
    return origin == "null" or may_send(origin, service, own_origin())


def _keep_what_can_be_followed(service: Service, beside: BesideForm) -> None:
    """Clears what the person could not mend: an unknown channel, a way back to another site."""
    try:
        beside.channel.data = CHECKS["channel"](beside.channel.data or CHANNEL)
    except FieldError:
        beside.channel.data = CHANNEL
    way_back = beside.return_to.data
    beside.return_to.data = safe_return(way_back, service, own_origin()) if way_back else None


def _fields(asked: QuestionSet, now: datetime) -> MultiDict[str, str]:
    """What was sent, under the names that our page gives to its fields."""
    sent: MultiDict[str, str] = MultiDict()
    answered = []
    for question in asked.section.answerable:
        ours = field_name(question)
        if values := request.form.getlist(ours) or request.form.getlist(question.name):
            sent.setlist(ours, values)
            answered.append(question.name)
    shown = request.form.getlist("shown")
    if not shown:  # a form of the service: what it asks at first, and all that it sends
        shown = [*answered, *outcome_of(asked, {}, now).visible]
    sent.setlist("shown", shown)
    return sent


def sender() -> str:
    """What tells two people who say the same apart for a moment; see ``repeats``."""
    return f"{request.remote_addr} {g.get('lang_code')} {request.user_agent.string}"
