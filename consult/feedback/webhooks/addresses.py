"""Where a webhook may go: public addresses over TLS, and the internal networks a setting names.

A name is resolved, every address it has is checked, and the connection is made to one that was:
a name that answers otherwise a moment later changes nothing.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]

LONGEST = 500

#: What the Internet gives out today (RFC 4291); the rest of IPv6 is local, reserved or a way in.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
#: IPv4 behind IPv6: NAT64 (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefusedError(Exception):
    """A webhook may not go there; ``code`` says why in a word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Destination:
    """The parts of an address that was checked; ``target`` is path and query."""

    is_safe: bool
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.is_safe else 80
        return host if self.port == usual else f"{host}:{self.port}"


def destination_of(url: str, allowed: Networks = ()) -> Destination:
    """The parts of ``url``, as far as they can be judged without asking for its name.

    Raises:
        AddressRefusedError: 'unreadable'; 'credentials' when it holds a name or password;
            'unsafe' when it is not https and no internal network is allowed; 'private'.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna" if "]" not in parts.netloc else "ascii")
    except (ValueError, UnicodeError):
        raise AddressRefusedError("unreadable") from None
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not host or not is_plain or len(url) > LONGEST or parts.scheme not in ("https", "http"):
        raise AddressRefusedError("unreadable")
    if "@" in parts.netloc:
        raise AddressRefusedError("credentials")
    is_safe = parts.scheme == "https"
    if not is_safe and not allowed:
        raise AddressRefusedError("unsafe")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Destination(is_safe, host.decode(), port or (443 if is_safe else 80), target)
    literal = _literal(found.host)
    if literal:
        _require([literal], found, allowed)
    elif found.host == "localhost" or found.host.endswith(".localhost"):
        _require([IPv4Address("127.0.0.1")], found, allowed)
    return found


def checked_address(destination: Destination, allowed: Networks = ()) -> str:
    """The address to connect to: the first of its name, all of which were checked.

    Raises:
        AddressRefusedError: 'unknown-name', 'private', or 'unsafe' when it is http and not in an
            internal network that is allowed.
    """
    try:
        found = socket.getaddrinfo(
            destination.host, destination.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )
    except (OSError, UnicodeError):
        raise AddressRefusedError("unknown-name") from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    _require(addresses, destination, allowed)
    return str(addresses[0])


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _require(addresses: Sequence[Address], destination: Destination, allowed: Networks) -> None:
    """Insists that all of ``addresses`` may be connected to."""
    outside = [one for one in addresses if not _is_in(one, allowed)]
    if not addresses or not all(map(is_public, outside)):
        raise AddressRefusedError("private")
    if outside and not destination.is_safe:
        raise AddressRefusedError("unsafe")


def _is_in(address: Address, networks: Networks) -> bool:
    mapped = getattr(address, "ipv4_mapped", None) or address
    return any(mapped in network for network in networks if network.version == mapped.version)


def is_public(address: Address) -> bool:
    """True of an address of the Internet, also when it stands inside an IPv6 one."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _GLOBAL_UNICAST and address.is_global and address.teredo is None
