"""What roles are called in both languages, and what each may do, in a sentence."""

from flask_babel import lazy_gettext as _l

from consult.organizations.models import Role

ROLE_LABELS = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.EDITOR: _l("Editor"),
    Role.ANALYST: _l("Analyst"),
    Role.AGENT: _l("Agent"),
    Role.VIEWER: _l("Viewer"),
}

ROLE_HINTS = {
    Role.ADMINISTRATOR: _l("Does everything, and sees to people, services and the audit trail."),
    Role.EDITOR: _l("Prepares and publishes consultations, and keeps the register."),
    Role.ANALYST: _l("Runs analyses, corrects themes and follows improvements."),
    Role.AGENT: _l("Enters answers for people, and reads nothing else."),
    Role.VIEWER: _l("Reads everything, changes nothing."),
}
