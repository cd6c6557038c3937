"""How feedback comes in, in words: one list for the team, the scores and the public."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

#: The channels that everyone has, by the word that is kept; a service may name others.
CHANNELS: dict[str, LazyString] = {
    "widget": _l("Form in the service’s page"),
    "page": _l("Page of its own"),
    "web": _l("Online"),
    "web-page": _l("Page of the site"),
    "form": _l("Form of the service’s own"),
    "mobile": _l("Mobile application"),
    "api": _l("Programming interface"),
    "phone": _l("By phone"),
    "counter": _l("At a counter"),
    "email": _l("By email"),
    "mail": _l("By post"),
    "paper": _l("On paper"),
    "import": _l("Imported"),
    "other": _l("Another way"),
}


def channel_words(name: str) -> str:
    """A channel in words; one that only the service knows keeps its name."""
    return str(CHANNELS.get(name, name))
