"""The way back to the service, for people who sent its own form without script."""

from urllib.parse import urlsplit, urlunsplit

from consult.organizations.errors import OriginRefusedError
from consult.organizations.models import Service
from consult.organizations.origins import may_send, parse_origin

#: Longest address that is followed, in characters.
LONGEST = 2_000

#: What the address that people come back to says, by language.
MARKS = {"fr": ("avis", "merci"), "en": ("feedback", "thanks")}


def safe_return(address: str, service: Service, own: str) -> str | None:
    """``address`` when it is a page of a site of the service, or of ``own``; None when it is not.

    It is written anew from its parts, so that a browser cannot read another site in it.
    """
    if len(address) > LONGEST or any(ord(character) <= 32 for character in address):
        return None
    try:
        parts = urlsplit(address)
        if parts.username is not None or parts.password is not None:
            return None
        origin = _origin(parts.scheme, parts.netloc, own)
    except (ValueError, OriginRefusedError):
        return None
    if not may_send(origin, service, own):
        return None
    host = urlsplit(origin)
    return urlunsplit((host.scheme, host.netloc, parts.path or "/", parts.query, parts.fragment))


def _origin(scheme: str, netloc: str, own: str) -> str:
    """The origin as ``parse_origin`` gives it; our own is never refused for its plain scheme."""
    written = f"{scheme}://{netloc}".lower()
    return own if written == own else parse_origin(written)


def origin_of(address: str) -> str:
    """The origin of an address that ``safe_return`` gave."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def marked(address: str, lang: str) -> str:
    """The address, its query saying that the feedback was received: ``avis=merci``."""
    parts = urlsplit(address)
    name, value = MARKS[lang]
    kept = [one for one in parts.query.split("&") if one and one.split("=")[0] != name]
    return urlunsplit(parts._replace(query="&".join([*kept, f"{name}={value}"])))
