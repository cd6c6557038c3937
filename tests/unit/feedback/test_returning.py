"""The way back to a service: its own sites and no other, however the address is written."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from consult.feedback.returning import marked, origin_of, safe_return

OWN = "http://127.0.0.1:8000"
SERVICE = cast(Any, SimpleNamespace(allowed_origins=["https://services.example.org"]))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://services.example.org", "https://services.example.org/"),
        ("https://services.example.org/fin?a=1#b", "https://services.example.org/fin?a=1#b"),
        ("HTTPS://Services.Example.org:443/Fin", "https://services.example.org/Fin"),
        ("http://127.0.0.1:8000/fr/", "http://127.0.0.1:8000/fr/"),
        (
            "https://services.example.org/a\\@b.example.com",
            "https://services.example.org/a\\@b.example.com",
        ),
    ],
)
def test_pages_of_the_service_are_followed(address: str, kept: str) -> None:
    assert safe_return(address, SERVICE, OWN) == kept


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/fin",
        "//services.example.org/fin",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://services.example.org/fin",
        "https://services.example.org.example.com/",
        "https://example.com/https://services.example.org",
        "https://services.example.org@example.com/",
        "https://example.com\\@services.example.org/",
        "https://example.com\\.services.example.org/",
        "https://services.example.org:8443/",
        "https://services.example.org/\nLocation: x",
        " https://services.example.org/",
        "https://[services.example.org/",
        "https://services.example.org:99999/",
        "https://services.example.org/" + "a" * 2_000,
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert safe_return(address, SERVICE, OWN) is None


def test_the_address_says_that_the_feedback_was_received() -> None:
    base = "https://services.example.org/fin"
    assert marked(base, "fr") == f"{base}?avis=merci"
    assert marked(f"{base}?a=1&vide#suite", "en") == f"{base}?a=1&vide&feedback=thanks#suite"
    assert marked(f"{base}?avis=merci", "fr") == f"{base}?avis=merci"
    assert origin_of(f"{base}?a=1") == "https://services.example.org"
