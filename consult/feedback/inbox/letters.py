"""The answer to a person who left an address: a suggestion, and what stands below each answer.

Both are in the language the person wrote in, whatever the language of the team's page.
"""

from typing import NamedTuple

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from consult.catalogues import LOCALES
from consult.feedback.models import FeedbackItem


class Letter(NamedTuple):
    """What is sent: never the person's own words, which others may read over their shoulder."""

    subject: str
    text: str


def suggested(item: FeedbackItem) -> Letter:
    """A start for the team to complete."""
    service = item.service.name.in_language(item.lang)
    with force_locale(LOCALES[item.lang]):
        subject = _("Your feedback on %(service)s", service=service)
        text = _(
            "Hello,\n\nThank you for your feedback on %(service)s. We have read it.\n\n\n\n"
            "Regards,\nThe team of %(service)s",
            service=service,
        )
    return Letter(str(subject), str(text))


def signed(letter: Letter, item: FeedbackItem, base_url: str) -> Letter:
    """The letter with who sends it, what became of the address, and how to write again."""
    form = url_for("feedback.give", key=item.service.key, lang_code=item.lang)
    with force_locale(LOCALES[item.lang]):
        foot = _(
            "%(service)s – %(organization)s\n"
            "You receive this message because you left your address with your feedback. The team "
            "never saw it, and it is erased now. Nobody reads replies to this message. To write "
            "again:\n%(address)s",
            service=item.service.name.in_language(item.lang),
            organization=item.service.organization.name.in_language(item.lang),
            address=f"{base_url}{form}",
        )
    subject = " ".join(letter.subject.split())
    return Letter(subject, f"{letter.text.strip()}\n\n--\u0020\n{foot}\n")
