"""What the register says things with, in both languages."""

from flask_babel import lazy_gettext as _l

from consult.organizations.models import ServiceStage
from consult.register.models import Means

STAGE_LABELS = {
    ServiceStage.PLANNED: _l("Planned"),
    ServiceStage.PILOT: _l("In pilot"),
    ServiceStage.LIVE: _l("In service"),
    ServiceStage.RETIRED: _l("Retired"),
}

MEANS_LABELS = {
    Means.ONLINE: _l("Online"),
    Means.EMAIL: _l("By email"),
    Means.VIDEO: _l("By video"),
    Means.MEETING: _l("In a meeting"),
    Means.PHONE: _l("By phone"),
    Means.MAIL: _l("By post"),
}

#: The ways to a service, by the word that is kept; a service may have others of its own.
CHANNEL_LABELS = {
    "web": _l("Online"),
    "mobile": _l("Mobile application"),
    "phone": _l("By phone"),
    "counter": _l("At a counter"),
    "email": _l("By email"),
    "mail": _l("By post"),
    "paper": _l("On paper"),
}
