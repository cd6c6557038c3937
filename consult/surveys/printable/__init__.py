"""The questionnaire on paper: a tagged PDF to print, in each language."""

from consult.surveys.models import Consultation, QuestionnaireVersion
from consult.surveys.printable.content import form_of
from consult.surveys.printable.pdf import form_pdf

__all__ = ["printable_form"]


def printable_form(
    consultation: Consultation, version: QuestionnaireVersion, lang: str, address: str
) -> bytes:
    """The PDF/UA-1 of a questionnaire in ``lang``, which is the language of the page being made.

    ``address`` is where one can answer online.
    """
    return form_pdf(form_of(consultation, version, lang, address), version.created_at)
