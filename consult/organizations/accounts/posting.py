"""Sending a letter to a member of staff."""

from consult import mail
from consult.config import Settings
from consult.letters import Letter, written_in


def post(settings: Settings, to: str, letter: Letter) -> bool:
    """Hands a letter to the mail server; False when there is none, or it does not take it."""
    if not mail.can_send(settings):
        return False
    with written_in(letter.lang):
        text, html = letter.text, letter.html
    try:
        mail.send(settings, to, letter.subject, text, html, letter.headers)
    except mail.MailNotSentError:
        return False
    return True
