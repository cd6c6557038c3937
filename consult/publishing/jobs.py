"""Writing to those who follow: the letter that asks to confirm, and the news."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete

from consult import mail
from consult.analysis.improvements.models import Improvement
from consult.config import Settings
from consult.db import db, reading, utc_now
from consult.jobs import queue
from consult.jobs.services import Progress, handles
from consult.letters import Letter, written_in
from consult.publishing.letters import confirming_letter, news_letter
from consult.publishing.models import Follower
from consult.publishing.queries import unsent
from consult.publishing.services import following, telling
from consult.sealing import SealBrokenError

log = logging.getLogger(__name__)

#: Letters refused one after the other after which the mail server is left alone for an hour.
REFUSED_IN_A_ROW = 5

#: A letter before it is sent: to, subject, text, HTML, headers.
Post = tuple[str, str, str, str, Any]


def init_app(app: Flask) -> None:
    """Tells the worker of ``app`` what to do every minute, hour and night."""
    queue.every_minute(app, "consult.tell_news", tell_news)
    queue.every_hour(app, "consult.tell_again", tell_again)
    queue.every_night(app, "consult.erase_unconfirmed", erase_unconfirmed)


def tell_news() -> None:
    """Announces what became public."""
    for job in telling.take_news(utc_now()):
        queue.announce(job)


def tell_again() -> None:
    """Asks again for the letters that did not leave."""
    if mail.can_send(_settings()):
        for job in telling.take_unsent(utc_now()):
            queue.announce(job)


def erase_unconfirmed() -> None:
    """Erases the addresses that nobody confirmed."""
    if erased := following.erase_unconfirmed(utc_now()):
        log.info("%s addresses that nobody confirmed were erased", erased)
    db.session.commit()


@handles(following.ASK_TO_CONFIRM)
def ask_to_confirm(arguments: dict[str, Any], _progress: Progress) -> None:
    """Writes to an address that is not confirmed; one that no letter reaches is erased at once."""
    follower_id = arguments["follower_id"]
    with reading():
        follower = db.session.get(Follower, follower_id)
        waits = follower is not None and follower.confirmed_at is None
        post = _post(follower, lambda: confirming_letter(follower)) if follower and waits else None
    if post is None or not mail.can_send(_settings()):
        return
    try:
        mail.send(_settings(), *post)
    except mail.MailNotSentError:
        db.session.execute(
            delete(Follower).where(Follower.id == follower_id, Follower.confirmed_at.is_(None))
        )
        db.session.commit()


@handles(telling.TELL_FOLLOWERS)
def tell_followers(arguments: dict[str, Any], progress: Progress) -> None:
    """Writes the letters about one improvement that have not left yet."""
    improvement_id = arguments["improvement_id"]
    with reading():
        waiting = unsent(improvement_id)
    refused = 0
    for place, follower_id in enumerate(waiting, 1):
        if refused >= REFUSED_IN_A_ROW or not mail.can_send(_settings()):
            return
        if _tell(improvement_id, follower_id):
            telling.mark_sent(improvement_id, [follower_id], utc_now())
            refused = 0
        else:
            refused += 1
        progress("writing", place / len(waiting))


def _tell(improvement_id: int, follower_id: int) -> bool:
    """Writes one letter, no transaction open meanwhile; False when it was not taken."""
    with reading():
        improvement = db.session.get(Improvement, improvement_id)
        follower = db.session.get(Follower, follower_id)
        if improvement is None or not improvement.is_public or follower is None:
            return False
        post = _post(follower, lambda: news_letter(follower, improvement))
    if post is None:
        return True  # sealed with another key: nobody can be told
    try:
        mail.send(_settings(), *post)
    except mail.MailNotSentError:
        return False
    return True


def _post(follower: Follower, write: Callable[[], Letter]) -> Post | None:
    """What ``write`` gives, in the language the follower chose."""
    settings = _settings()
    try:
        address = following.address_of(settings, follower)
    except SealBrokenError:
        log.error("the address of follower %s opens with another secret key", follower.id)
        return None
    with written_in(follower.lang):
        letter = write()
        return address, letter.subject, letter.text, letter.html, letter.headers


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
