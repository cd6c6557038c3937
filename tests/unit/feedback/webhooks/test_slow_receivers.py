"""A receiver that answers a byte at a time is left."""

import socket
import threading
from ipaddress import ip_network
from itertools import chain, repeat

from pytest_socket import enable_socket

from consult.db import utc_now
from consult.feedback.webhooks.sending import Message, send


def test_a_drip_is_cut() -> None:
    enable_socket()
    cut = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _address = server.accept()
            with connection:
                for byte in chain(b"HTTP/1.1 200 OK\r\nX: ", repeat(97)):
                    try:
                        connection.sendall(bytes([byte]))
                    except OSError:
                        break
                    if cut.wait(0.02):
                        break

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        message = Message(url, "whsec_c2VjcmV0", "m", {})
        outcome = send(message, utc_now(), [ip_network("127.0.0.0/8")], seconds=0.3)
        cut.set()
        thread.join()
    assert outcome.error == "too-slow"
    assert not outcome.is_delivered
