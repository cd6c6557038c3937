"""How long pages take, asked of the application itself as a browser would ask."""

import random
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import lxml.html
from flask import Flask
from flask.testing import FlaskClient

from consult.bench.content import one_person
from consult.db import db, utc_now
from consult.organizations.accounts.models import SignInMethod
from consult.organizations.accounts.sessions import start_session
from consult.organizations.queries import account_by_public_id

Times = dict[str, list[float]]


class UnexpectedAnswerError(RuntimeError):
    """A page answered something else than what a person would get: nothing was measured."""


def signed_in(app: Flask, account_id: str) -> FlaskClient:
    """A browser in which this account is signed in."""
    with app.app_context():
        account = account_by_public_id(account_id)
        if account is None:
            raise UnexpectedAnswerError("nobody has this account")
        lasts = timedelta(days=1)
        token = start_session(account, SignInMethod.PASSWORD, "", utc_now(), lasts)
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def timed(times: Times, what: str, ask: Callable[[], Any], status: int = 200) -> Any:
    """Asks, checks the status, and notes the milliseconds under ``what``."""
    start = perf_counter()
    answer = ask()
    times.setdefault(what, []).append((perf_counter() - start) * 1_000)
    if answer.status_code != status:
        raise UnexpectedAnswerError(f"{what}: {answer.status_code}")
    return answer


def take_part(app: Flask, slug: str, draw: random.Random, times: Times) -> None:
    """One person answers every page and sends; notes 'open', 'save' and 'send'."""
    client = app.test_client()
    address, answers = f"/fr/consultations/{slug}/questionnaire/1", one_person(draw)
    while "/questionnaire/" in address:
        shown = timed(times, "open", lambda: client.get(address))  # noqa: B023
        data = _filled(shown.data, answers)
        saved = timed(times, "save", lambda: client.post(address, data=data), 303)  # noqa: B023
        if saved.location == address:
            raise UnexpectedAnswerError(f"save: {address} is asked again")
        address = saved.location
    data = _filled(client.get(address).data, {})
    timed(times, "send", lambda: client.post(address, data=data), 303)


def _filled(page: bytes, answers: dict[str, Any]) -> dict[str, Any]:
    """The page's form as a browser would send it, with these answers in its fields."""
    forms = lxml.html.fromstring(page).xpath("//main//form[@method='post']")
    fields: dict[str, Any] = {}
    for name, value in forms[0].form_values():
        fields.setdefault(name, []).append(value)
    names = set(forms[0].fields.keys())
    return fields | {f"q_{name}": a for name, a in answers.items() if f"q_{name}" in names}


def medians(times: Times) -> dict[str, float]:
    return {what: median(measured) for what, measured in times.items()}
