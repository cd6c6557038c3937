"""Twenty people at once: requests over kept connections, each timed to its last byte.

One process, one selector, plain sockets: many times faster than what it measures.
"""

import json
import random
import selectors
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

AT_ONCE = 20
#: Nothing is asked more often than this in one turn, however fast it answers.
MOST = 100_000

WORDS = [
    "formulaire",
    "page",
    "demande",
    "permis",
    "attente",
    "simple",
    "rapide",
    "long",
    "clair",
    "bouton",
    "erreur",
    "dossier",
    "réponse",
    "ligne",
    "compte",
    "paiement",
    "étape",
    "document",
    "délai",
    "agente",
    "merci",
    "encore",
    "trop",
    "jamais",
    "bien",
    "peu",
    "très",
    "français",
    "anglais",
    "mobile",
    "écran",
    "lien",
    "retour",
    "envoi",
    "numéro",
    "preuve",
    "photo",
    "adresse",
]


class UnexpectedAnswerError(RuntimeError):
    """A server answered something else than what is measured, or nothing in time."""


@dataclass(frozen=True)
class Turn:
    """What one turn measured: answers per second, and how long half and 99 % took at most, ms."""

    per_second: float
    p50: float
    p99: float


@dataclass
class _Person:
    """One connection: what is being received, and since when it is waited for."""

    connection: socket.socket
    since: float
    received: bytes = b""


def posts(path: str, seed: int) -> Callable[[], bytes]:
    """Makes requests that each send one new piece of feedback, in words like people's."""
    draw = random.Random(seed)

    def make() -> bytes:
        body = json.dumps(
            {
                "answers": {
                    "rating": draw.randint(1, 5),
                    "comment": " ".join(draw.choices(WORDS, k=14)).capitalize() + ".",
                },
                "lang": "fr",
                "page": "/permis/demande/fin",
                "channel": "web",
                "idempotency_key": str(uuid.uuid4()),
            }
        ).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    return make


def gets(path: str) -> Callable[[], bytes]:
    """Makes requests of the same address."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    return lambda: request


def measure(port: int, make: Callable[[], bytes], status: int, seconds: float) -> Turn:
    """Asks a server of this machine for ``seconds``, ``AT_ONCE`` at a time.

    Raises:
        UnexpectedAnswerError: an answer did not have this ``status``.
    """
    times: list[float] = []
    with selectors.DefaultSelector() as selector:
        start = perf_counter()
        for _ in range(AT_ONCE):
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            person = _Person(connection, perf_counter())
            selector.register(connection, selectors.EVENT_READ, person)
            connection.sendall(make())
        while selector.get_map():
            ready = selector.select(30)
            if not ready:
                raise UnexpectedAnswerError("no answer within 30 s")
            for key, _events in ready:
                person = key.data
                if not _is_whole(person, status):
                    continue
                now = perf_counter()
                times.append(now - person.since)
                if now - start < seconds and len(times) < MOST:
                    person.since, person.received = now, b""
                    person.connection.sendall(make())
                else:
                    selector.unregister(person.connection)
                    person.connection.close()
        elapsed = perf_counter() - start
    cuts = quantiles(times, n=100)
    return Turn(len(times) / elapsed, cuts[49] * 1_000, cuts[98] * 1_000)


def _is_whole(person: _Person, status: int) -> bool:
    """Receives what came; True at the last byte of the answer."""
    piece = person.connection.recv(65_536)
    person.received += piece
    head, end, body = person.received.partition(b"\r\n\r\n")
    if not piece or (end and not head.startswith(b"HTTP/1.1 %d " % status)):
        raise UnexpectedAnswerError(person.received[:500].decode(errors="replace"))
    if not end:
        return False
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(body) >= int(value)
    raise UnexpectedAnswerError("an answer without its length")
