"""One attempt to hand a signed message to a webhook."""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from standardwebhooks import Webhook as Signer
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from consult.feedback.webhooks.addresses import (
    AddressRefusedError,
    Destination,
    Networks,
    checked_address,
    destination_of,
)

#: Seconds for the whole attempt.
TIMEOUT = 10.0


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: the receiver's status if it answered, else a word that says why."""

    status: int | None = None
    error: str = ""

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The receiver wants no more messages at this address."""
        return self.status == http.client.GONE


@dataclass(frozen=True)
class Message:
    """What is sent where; plain values, so that no transaction stays open meanwhile."""

    url: str
    secret: str
    message_id: str
    payload: Mapping[str, Any]


def body_of(payload: Mapping[str, Any]) -> str:
    """The payload as it is signed and sent: the same text at every attempt."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def send(
    message: Message, now: datetime, allowed: Networks = (), seconds: float = TIMEOUT
) -> Outcome:
    """Sends a message once: no redirect is followed, and of the answer only the status is read."""
    try:
        destination = destination_of(message.url, allowed)
        address = checked_address(destination, allowed)
    except AddressRefusedError as refused:
        return Outcome(error=refused.code)
    body = body_of(message.payload)
    headers = {
        "Host": destination.host_header,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "consult-webhooks",
        "webhook-id": message.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(message.secret).sign(message.message_id, now, body),
    }
    connection = _connection(destination, address, seconds)
    try:
        with _closed_after(connection, seconds):
            connection.request(
                "POST", destination.target, body.encode(), headers, preload_content=False
            )
            status = connection.getresponse().status
    except ssl.SSLError:
        return Outcome(error="certificate")
    except TimeoutError:
        return Outcome(error="too-slow")
    except (HTTPError, OSError, http.client.HTTPException) as error:
        return Outcome(error=_word_for(error))
    finally:
        connection.close()
    return Outcome(status, "redirect" if 300 <= status < 400 else "")


def _word_for(error: Exception) -> str:
    """urllib3 wraps what the socket said."""
    text = type(error).__name__ + type(error.__cause__ or error.__context__).__name__
    if "Timeout" in text or "timed out" in str(error):
        return "too-slow"
    return "certificate" if "SSL" in text else "no-answer"


def _connection(destination: Destination, address: str, seconds: float) -> HTTPConnection:
    """A connection to ``address`` itself, whose certificate is that of the destination's name."""
    if not destination.is_safe:
        return HTTPConnection(address, destination.port, timeout=seconds)
    return HTTPSConnection(
        address,
        destination.port,
        timeout=seconds,
        ssl_context=ssl.create_default_context(),
        server_hostname=destination.host,
        assert_hostname=destination.host,
    )


@contextmanager
def _closed_after(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """Breaks the connection after so long: a timeout alone starts again with each byte."""
    is_late = threading.Event()

    def close() -> None:
        is_late.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, close)
    watch.daemon = True
    watch.start()
    try:
        yield
    except (HTTPError, OSError, http.client.HTTPException) as error:
        if is_late.is_set():
            raise TimeoutError from error
        raise
    else:
        if is_late.is_set():  # what was read ends where the connection was broken
            raise TimeoutError
    finally:
        watch.cancel()
