"""Questions on the web, for consultations and feedback: the form of a page, what is said of a wrong
answer (``messages``), and answers made safe at the threshold (``safe_answers``); what is said of a
definition (``definition_messages``), of its texts (``text_messages``) and of a file that it was
brought from (``import_messages``).

    section_form(section, lang) -> type[SectionForm]        # section_form(...)() reads the request
    filled_form(section, lang, answers) -> SectionForm      # shows answers that were kept
    field_name(question) -> "q_<name>"                      # its control, or "q_<name>-<part>"

    form.typed()             raw values by question name, of the questions that the page showed
    form.shown               the names that the page being sent showed; None when it does not say
    form.show_errors(errors) puts each ``AnswerError``, in words, on its question
    form.show_in(context)    before rendering: hides what is not visible, offers the choices there
                             are, tells earlier answers in texts. Without it all is shown, as it is

``PageContext(questionnaire, outcome, uploads)``: ``uploads`` are the received
files by identifier (text).
In a template: ``{{ questions(form) }}`` and ``{{ question_errors(form) }}`` of
"macros/question_page.html", in a form with ``data-preview`` = the address of the preview.
"""

from consult.question_pages.context import PageContext
from consult.question_pages.fields import field_name
from consult.question_pages.form import SectionForm, filled_form, section_form

__all__ = ["PageContext", "SectionForm", "field_name", "filled_form", "section_form"]
