"""Origins: what an administrator may write, and who may send."""

import pytest

from consult.organizations.errors import OriginRefusedError
from consult.organizations.models import Service
from consult.organizations.origins import may_send, parse_origin, site_origin


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("  HTTPS://WWW.Example.Org/ ", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("https://québec.example.org", "https://xn--qubec-csa.example.org"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(line: str, origin: str) -> None:
    assert parse_origin(line) == origin


@pytest.mark.parametrize(
    "line",
    [
        "",
        "*",
        "null",
        "www.example.org",
        "http://www.example.org",
        "https://",
        "https://*.example.org",
        "https://example.org/page",
        "https://example.org?x=1",
        "https://user@example.org",
        "https://example.org; script-src *",
        "https://example.org:99999",
        "https://exa mple.org",
        "javascript:alert(1)",
        "https://[::1",
        "https://" + "a" * 300 + ".org",
    ],
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(OriginRefusedError):
        parse_origin(line)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("https://avis.example.org", True),
        ("https://services.example.org", True),
        ("https://elsewhere.example.com", False),
        ("null", False),
    ],
)
def test_only_named_sites_our_own_and_servers_may_send(origin: str | None, allowed: bool) -> None:
    service = Service(allowed_origins=["https://services.example.org"])
    assert may_send(origin, service, site_origin("https://avis.example.org/x")) is allowed
