"""An address is an address, and never a header."""

from email.generator import BytesGenerator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from pydantic import ValidationError

from consult import mail
from consult.config import Settings


def settings(**fields: str) -> Settings:
    return Settings.model_validate({"secret_key": "t" * 40, "var_dir": Path("var"), **fields})


@pytest.mark.parametrize("address", ["a@example.org", "camille.demers+avis@courriel.example.org"])
def test_addresses_are_taken(address: str) -> None:
    assert mail.is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "camille",
        "camille@",
        "camille@example",
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n\r\nhello",
        "<a@example.org>",
        "a b@example.org",
        "é@example.org",
        "a@example.org\n",
        f"{'a' * 65}@example.org",
        f"a@{'b.' * 150}org",
    ],
)
def test_what_is_no_address_is_not(address: str) -> None:
    assert not mail.is_address(address)
    with pytest.raises(mail.MailNotSentError):
        mail.send(
            settings(smtp_url="smtp://127.0.0.1:1", mail_from="x@example.org"), address, "", ""
        )


def test_a_server_and_a_sender_are_both_needed() -> None:
    assert not mail.can_send(settings())
    assert not mail.can_send(settings(smtp_url="smtp://localhost:25"))
    assert mail.can_send(settings(smtp_url="smtp://localhost:25", mail_from="x@example.org"))
    with pytest.raises(ValidationError):
        settings(smtp_url="http://localhost")


def test_words_go_as_text_and_html_and_long_addresses_in_headers_are_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[EmailMessage] = []
    monkeypatch.setattr(mail, "_hand_over", lambda _url, message: sent.append(message))
    leave = f"<https://consult.example.org/fr/alertes/{'A1-_' * 60}>"
    ours = settings(smtp_url="smtp://localhost:25", mail_from="x@example.org")
    mail.send(ours, "a@example.org", "Été", "Mots", "<p>Mots</p>", {"List-Unsubscribe": leave})
    (message,) = sent
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    wire = BytesIO()
    BytesGenerator(wire).flatten(message, linesep="\r\n")  # as smtplib does
    assert f"\r\nList-Unsubscribe: {leave}\r\n".encode() in wire.getvalue()
    with pytest.raises(ValueError, match="Header"):
        mail.send(ours, "a@example.org", "x\nBcc: b@example.org", "Mots")
