"""Pages of accounts, public bodies, their people, and the audit trail."""

from flask import Flask

from consult.jobs import queue
from consult.organizations import jobs
from consult.organizations.views import (
    account,
    audit,
    bodies,
    joining,
    letting_in,
    passwords,
    people,
    second_factor,
    sign_in,
    single_sign_on,
)
from consult.organizations.views.blueprints import account_bp, audit_bp, bp, people_bp

__all__ = [
    "account",
    "audit",
    "bodies",
    "init_app",
    "joining",
    "passwords",
    "people",
    "second_factor",
    "sign_in",
    "single_sign_on",
]


def init_app(app: Flask) -> None:
    """Registers the pages, and finds out who is signed in."""
    for blueprint in (bp, account_bp, people_bp, audit_bp):
        app.register_blueprint(blueprint)
    letting_in.init_app(app)
    queue.every_night(app, "consult.forget_sessions", jobs.forget)
