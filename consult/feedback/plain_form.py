"""The form that a service pastes in a page of its own: HTML alone, that any browser sends."""

from markupsafe import Markup, escape

from consult.feedback.question_sets import QuestionSet
from consult.questionnaires import Question

WORDS = {
    "fr": {
        "contact": "Courriel, si vous souhaitez une réponse (facultatif)",
        "send": "Envoyer mon avis",
        "website": "Laissez ce champ vide",
        "privacy": "N’inscrivez ni votre nom, ni un numéro de téléphone ou de dossier.",
    },
    "en": {
        "contact": "Email, if you would like an answer (optional)",
        "send": "Send my feedback",
        "website": "Leave this empty",
        "privacy": "Do not write your name, a phone number or a file number.",
    },
}


def plain_form(
    asked: QuestionSet, lang: str, action: str, return_to: str, *, asks_contact: bool
) -> str:
    """The HTML of the form: what the set asks at first. What answers bring is asked by our page.

    ``action`` is the full address of our page in ``lang``, ``return_to`` the page of the service
    that people come back to.
    """
    words = WORDS[lang]
    hidden = {"question_set": asked.name, "return_to": return_to}
    parts = [Markup('<form method="post" action="{}" accept-charset="utf-8">').format(action)]
    parts += [
        Markup('  <input type="hidden" name="{}" value="{}">').format(*pair)
        for pair in hidden.items()
    ]
    for question in asked.section.questions:
        if not question.relevant:
            parts += _question(question, lang)
    if asks_contact:
        address = Markup('<input type="email" name="contact" autocomplete="email">')
        parts.append(Markup("  <p><label>{} {}</label></p>").format(words["contact"], address))
    # People never see it: the attribute needs no style sheet, whatever the page's policy.
    trap = Markup('<input name="website" tabindex="-1" autocomplete="off">')
    parts.append(Markup("  <p hidden><label>{} {}</label></p>").format(words["website"], trap))
    parts.append(Markup('  <p><button type="submit">{}</button></p>').format(words["send"]))
    return "\n".join([*map(str, parts), "</form>"])


def _question(question: Question, lang: str) -> list[Markup]:
    label = question.label.in_language(lang)
    if question.is_open:
        return [
            Markup('  <p><label for="avis-{}">{}</label><br>').format(question.name, label),
            Markup('  <small id="avis-{}-aide">{}</small><br>').format(
                question.name, WORDS[lang]["privacy"]
            ),
            Markup(
                '  <textarea id="avis-{0}" name="{0}" rows="5" cols="40" maxlength="{1}" '
                'aria-describedby="avis-{0}-aide"></textarea></p>'
            ).format(question.name, getattr(question, "max_length", 5_000)),
        ]
    kind = "checkbox" if question.type == "several_choices" else "radio"
    must = Markup(" required") if question.required and kind == "radio" else ""
    choices = [
        Markup('    <p><label><input type="{}" name="{}" value="{}"{}> {}</label></p>').format(
            kind, question.name, choice.name, must, choice.label.in_language(lang)
        )
        for choice in question.options
    ]
    legend = Markup("  <fieldset>\n    <legend>{}</legend>").format(label)
    return [legend, *choices, Markup("  </fieldset>")]


def script_code(src: str, key: str, attributes: dict[str, str]) -> str:
    """The line that shows the whole form; ``attributes`` may hold its integrity."""
    more = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f'<script src="{escape(src)}" data-service="{escape(key)}"{more} async></script>'


def link_code(address: str, words: str) -> str:
    """The link for who has no script."""
    return f'<noscript><a href="{escape(address)}">{escape(words)}</a></noscript>'
