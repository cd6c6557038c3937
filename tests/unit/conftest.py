"""Unit tests reach no database, no mail server, no network."""

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Undone last, after what a test put in the place of a function of ``socket``."""
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()
