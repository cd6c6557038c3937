"""A mail server that really listens, and keeps what it receives."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from consult.config import Settings


class Mailbox:
    """What a mail server received; ``refuses`` makes it refuse everything."""

    def __init__(self) -> None:
        self.messages: list[tuple[list[str], EmailMessage]] = []
        self.refuses = False
        self.server: Any = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            return "550 no"
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append((envelope.rcpt_tos, message))
        return "250 OK"


@contextmanager
def open_mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A server on a free port, which ``app`` sends its mail to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    box.server = server
    given: Settings = app.config["SETTINGS"]
    url, sender = f"smtp://127.0.0.1:{port}", "Consultations <ne-pas-repondre@example.org>"
    changed = given.model_copy(update={"smtp_url": url, "mail_from": sender})
    monkeypatch.setitem(app.config, "SETTINGS", changed)
    yield box
    with suppress(AssertionError):  # stopped by the test
        server.stop()
