"""Origins of web sites: which ones may show a service's widget and send its feedback."""

import re
from collections.abc import Collection
from typing import Protocol
from urllib.parse import urlsplit

from consult.organizations.errors import OriginRefusedError

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})
_DEFAULT_PORTS = {"https": 443, "http": 80}


def parse_origin(line: str) -> str:
    """The origin in ``line`` as browsers write it: ``https://www.example.org`` and nothing after.

    Accented names become their ASCII form. Plain ``http`` is taken on this machine only.

    Raises:
        OriginRefusedError: the line is not such an origin.
    """
    refused = OriginRefusedError(line)
    try:
        parts = urlsplit(line.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError as error:  # UnicodeError is one
        raise refused from error
    if parts.username or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise refused
    if not _HOST.fullmatch(host):
        raise refused
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOCAL_HOSTS):
        raise refused
    end = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{end}"


def site_origin(base_url: str) -> str:
    """The origin of the site at ``base_url``."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}".lower()


class NamesOrigins(Protocol):
    """What names the origins that may send: a service, or what is kept of it."""

    @property
    def allowed_origins(self) -> Collection[str]: ...


def may_send(origin: str | None, service: NamesOrigins, own: str) -> bool:
    """True for no origin (no browser), our ``own``, and those the service names."""
    return origin is None or origin == own or origin in service.allowed_origins
