"""Sending a message: at once, once, and without keeping or logging anything of it."""

import logging
import re
import smtplib
import ssl
from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from consult.config import Settings
from consult.db import utc_now

log = logging.getLogger(__name__)

#: Seconds; a person waits for the page meanwhile.
TIMEOUT = 10

#: One address of letters, digits and the usual signs; whether it exists, only sending tells.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")


#: Lines of headers as long as SMTP allows: an address of a page is not cut in two.
_POLICY = policy.SMTP.clone(max_line_length=900)


class MailNotSentError(Exception):
    """The message could not be handed over; nothing of it is kept."""


def is_address(text: str) -> bool:
    """True of what looks like one e-mail address, and of nothing that could be a header."""
    return len(text) <= 254 and bool(_ADDRESS.match(text))


def can_send(settings: Settings) -> bool:
    """True when the deployment gave a mail server and a sender."""
    return bool(settings.smtp_url and settings.mail_from)


def send(
    settings: Settings,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Hands a message to the mail server; raises ``MailNotSentError``.

    It is plain text; with ``html``, the same words stand beside it for programs that show them so.
    ``headers`` are added to those every message has.

    ``smtp://user:password@host:587`` uses STARTTLS when the server offers it, and never gives it a
    password otherwise; ``smtps://`` speaks TLS from the start.
    """
    if not is_address(to):
        raise MailNotSentError()
    message = EmailMessage(policy=_POLICY)
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message["Date"] = format_datetime(utc_now())
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    try:
        _hand_over(settings.smtp_url, message)
    except (OSError, smtplib.SMTPException) as error:
        # Its message may repeat the address.
        log.error("a message was not sent: %s", type(error).__name__)
        raise MailNotSentError() from None


def _hand_over(smtp_url: str, message: EmailMessage) -> None:
    server = urlsplit(smtp_url)
    host, safe = server.hostname or "localhost", ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT, context=safe)
    else:
        connection = smtplib.SMTP(host, server.port or 587, timeout=TIMEOUT)
    with connection:
        connection.ehlo_or_helo_if_needed()
        if server.scheme != "smtps" and connection.has_extn("starttls"):
            connection.starttls(context=safe)
        if server.username:
            _sign_in(connection, unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _sign_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    if not isinstance(connection.sock, ssl.SSLSocket):
        raise smtplib.SMTPNotSupportedError("no password without TLS")
    connection.login(user, password)
