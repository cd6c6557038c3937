"""The names of the acts that the audit trail keeps, and how each is called in both languages."""

import enum

from flask_babel import lazy_gettext as _l


class Action(enum.StrEnum):
    """What somebody did; the value stands in the database and in exports, and never changes."""

    SIGNED_IN = "account.signed-in"
    SIGNED_OUT = "account.signed-out"


ACTION_LABELS = {
    Action.SIGNED_IN: _l("signed in"),
    Action.SIGNED_OUT: _l("signed out"),
}
