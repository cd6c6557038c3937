"""The five answers to "How satisfied are you with this service?", stored as numbers."""

from flask_babel import lazy_gettext as _l

RATINGS = {
    1: _l("Very dissatisfied"),
    2: _l("Dissatisfied"),
    3: _l("Neither satisfied nor dissatisfied"),
    4: _l("Satisfied"),
    5: _l("Very satisfied"),
}
