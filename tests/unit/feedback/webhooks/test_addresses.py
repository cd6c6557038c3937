"""A webhook never reaches a private address."""

import socket
from ipaddress import ip_address, ip_network

import pytest

from consult.feedback.webhooks import addresses
from consult.feedback.webhooks.addresses import (
    AddressRefusedError,
    checked_address,
    destination_of,
    is_public,
)

INTERNAL = (ip_network("10.20.0.0/16"), ip_network("fd00:20::/32"))


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "2607:f8b0:4020:801::200e",
        "::ffff:8.8.8.8",
        "2002:808:808::1",
        "64:ff9b::808:808",
    ],
)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::808:808",
        "100::1",
        "2001:0:808:808::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_private(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(AddressRefusedError, match="private"):
        destination_of(f"https://{f'[{address}]' if ':' in address else address}/")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "unreadable"),
        ("systems.example.org", "unreadable"),
        ("ftp://example.org/", "unreadable"),
        ("https://", "unreadable"),
        ("https://example.org:99999/", "unreadable"),
        ("https://[::1/", "unreadable"),
        ("https://example.org/a b", "unreadable"),
        ("https://example.org/\r\nX: y", "unreadable"),
        ("https://example.org\\@127.0.0.1/", "unreadable"),
        ("https://é.example.org/", "unreadable"),
        (f"https://example.org/{'a' * 500}", "unreadable"),
        ("https://me:secret@example.org/", "credentials"),
        ("https://me@example.org/", "credentials"),
        ("http://example.org/", "unsafe"),
        ("https://localhost/", "private"),
        ("https://a.localhost/", "private"),
        ("https://127.0.0.1:8443/", "private"),
    ],
)
def test_what_is_refused_before_any_name_is_asked_for(url: str, why: str) -> None:
    with pytest.raises(AddressRefusedError) as refused:
        destination_of(url)
    assert refused.value.code == why


def test_the_parts_of_an_address() -> None:
    found = destination_of("https://Systems.example.org:8443/a/b?c=d#e")
    assert (found.host, found.port, found.target) == ("systems.example.org", 8443, "/a/b?c=d")
    assert found.host_header == "systems.example.org:8443"
    assert destination_of("https://[2607:f8b0:4020:801::200e]").host_header.startswith("[2607")


def answers(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    def resolve(_host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        if not found:
            raise socket.gaierror("no such name")
        return [(0, 0, 0, "", (address, port)) for address in found]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)


def test_every_address_of_a_name_must_be_public(monkeypatch: pytest.MonkeyPatch) -> None:
    destination = destination_of("https://systems.example.org/")
    answers(monkeypatch, "8.8.8.8", "8.8.4.4")
    assert checked_address(destination) == "8.8.8.8"
    for found in [("8.8.8.8", "10.20.0.1"), ("fe80::1%eth0",), ("::ffff:10.20.0.1",)]:
        answers(monkeypatch, *found)
        with pytest.raises(AddressRefusedError, match="private"):
            checked_address(destination)
    answers(monkeypatch)
    with pytest.raises(AddressRefusedError, match="unknown-name"):
        checked_address(destination)


def test_an_internal_network_that_a_setting_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert destination_of("http://10.20.3.4:8080/", INTERNAL).port == 8080
    with pytest.raises(AddressRefusedError, match="private"):
        destination_of("http://10.21.3.4/", INTERNAL)
    inside = destination_of("http://systems.example.org/", INTERNAL)
    answers(monkeypatch, "::ffff:10.20.3.4", "fd00:20::1")
    assert checked_address(inside, INTERNAL) == "::ffff:a14:304"
    answers(monkeypatch, "8.8.8.8")
    with pytest.raises(AddressRefusedError, match="unsafe"):
        checked_address(inside, INTERNAL)
