"""Letters that a worker sends."""

from typing import Any

from flask import current_app

from consult.db import db, utc_now
from consult.jobs.services import Progress, handles
from consult.organizations.accounts.letters import reset_letter
from consult.organizations.accounts.passwords import forgotten
from consult.organizations.accounts.posting import post
from consult.organizations.accounts.sessions import forget_past
from consult.sealing import seal, unseal

RESET_LETTER = "send a link for another password"

_PURPOSE = "forgotten password"


def reset_arguments(email: str, lang: str, secret_key: str) -> dict[str, Any]:
    """What the job is told. The address is sealed: it may be of somebody we do not know."""
    return {"email": seal(secret_key, email, purpose=_PURPOSE), "lang": lang}


def forget() -> None:
    """Erases what is over; every night."""
    forget_past(utc_now())
    db.session.commit()


@handles(RESET_LETTER)
def send_reset_letter(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends the letter, if its address may have one; done twice, it is sent once."""
    settings = current_app.config["SETTINGS"]
    email = unseal(settings.secret_key, arguments["email"], purpose=_PURPOSE)
    found = forgotten(email, utc_now())
    if found is None:
        db.session.rollback()
        return
    account, token = found
    letter = reset_letter(account, token, arguments["lang"], settings.base_url)
    to = account.email
    db.session.commit()
    post(settings, to, letter)
