"""What stands on the printable form, as plain words: typst only lays it out."""

from dataclasses import dataclass

from flask_babel import gettext as _

from consult.i18n import format_moment
from consult.questionnaires import Questionnaire, Section, Text
from consult.surveys.models import Access, Consultation, QuestionnaireVersion
from consult.surveys.printable.conditions import Place, condition_words, piped_words
from consult.surveys.printable.questions import Asked, Asking


@dataclass(frozen=True)
class Part:
    """A title, and the paragraphs or items below it."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class PrintedSection:
    """A section: when to answer it, its introduction, its questions."""

    title: str
    about: tuple[str, ...]
    intro: tuple[str, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Office:
    """What the office that receives the form writes on it."""

    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """The whole form in one language; ``page`` holds '{page}' and '{pages}'."""

    lang: str
    title: str
    organization: str
    summary: tuple[str, ...]
    about: str
    parts: tuple[Part, ...]
    guide: Part
    sections: tuple[PrintedSection, ...]
    end: Part
    office: Office
    page: str


def form_of(
    consultation: Consultation, version: QuestionnaireVersion, lang: str, address: str
) -> Form:
    """The form of a version; ``lang`` is the language of the page being made."""
    questionnaire = version.questionnaire
    return Form(
        lang=lang,
        title=consultation.title.in_language(lang),
        organization=consultation.organization.name.in_language(lang),
        summary=_paragraphs(consultation.summary.in_language(lang)),
        about=str(_("About this consultation")),
        parts=_parts(consultation, lang),
        guide=_guide(consultation, address),
        sections=_sections(questionnaire, lang),
        end=_end(consultation, lang, address),
        office=_office(consultation),
        page=str(_("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")),
    )


def _parts(consultation: Consultation, lang: str) -> tuple[Part, ...]:
    opens, closes = format_moment(consultation.opens_at), format_moment(consultation.closes_at)
    dates = _("From %(opens)s to %(closes)s, Québec time.", opens=opens, closes=closes)
    told = (
        (_("Why this consultation"), consultation.why.in_language(lang)),
        (
            _("What your answers can change, and what they cannot"),
            consultation.influence.in_language(lang),
        ),
        (_("Who decides"), consultation.decides.in_language(lang)),
        (_("When"), str(dates)),
    )
    return tuple(Part(str(title), _paragraphs(text)) for title, text in told if text.strip())


def _guide(consultation: Consultation, address: str) -> Part:
    texts = [
        _("Write in blue or black ink, in capital letters if you can."),
        _("You may leave blank the questions marked “optional”."),
        _(
            "Do not write your name, your address or your telephone number, nor those of "
            "someone else."
        ),
        _("You can answer online instead: %(address)s", address=address),
    ]
    if consultation.access is Access.INVITED:
        texts.append(_("Write your invitation code on the last page: it is used once."))
    return Part(str(_("How to fill in this form")), tuple(str(text) for text in texts))


def _end(consultation: Consultation, lang: str, address: str) -> Part:
    body = consultation.organization.name.in_language(lang)
    closes = format_moment(consultation.closes_at)
    texts = (
        _(
            "Give or send this form to %(body)s before %(moment)s, Québec time.",
            body=body,
            moment=closes,
        ),
        _(
            "A member of its staff will enter your answers as you wrote them. What looks like "
            "personal information in your own words is masked before it is kept. Your answers "
            "are read together with everyone else’s."
        ),
        _(
            "Once they are entered, you can ask for a receipt code. It lets you check, correct or "
            "withdraw your answers until the closing."
        ),
    )
    return Part(str(_("Send this form back")), tuple(str(text) for text in texts))


def _office(consultation: Consultation) -> Office:
    labels = [_("Received on"), _("Entered on"), _("Receipt code")]
    if consultation.access is Access.INVITED:
        labels.insert(0, _("Invitation code"))
    return Office(str(_("For the office")), tuple(str(label) for label in labels))


def _sections(questionnaire: Questionnaire, lang: str) -> tuple[PrintedSection, ...]:
    asking = Asking(places_of(questionnaire), lang)
    return tuple(_section(section, asking) for section in questionnaire.sections)


def _section(section: Section, asking: Asking) -> PrintedSection:
    def words(text: Text) -> str:
        return piped_words(text.in_language(asking.lang), asking.places, asking.lang)

    condition = condition_words(section.relevant, asking.places, asking.lang)
    return PrintedSection(
        title=words(section.title),
        about=(condition,) if condition else (),
        intro=_paragraphs(words(section.intro)) if section.intro else (),
        questions=asking.asked(section),
    )


def places_of(questionnaire: Questionnaire) -> dict[str, Place]:
    """Each question on paper, by its name and those of its parts; numbered through the form."""
    places: dict[str, Place] = {}
    number = 0
    for section in questionnaire.sections:
        for question in section.questions:
            if not question.answerable or not question.is_shown:
                continue
            number += 1
            places[question.name] = Place(question, number)
            rows = question.type == "matrix"
            for part in question.parts:
                places[part.name] = Place(part, number, part.label if rows else None)
    return places


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
