"""Asking to hear of improvements: by an address, confirmed from a letter, until one says stop.

The address is sealed at once and stands nowhere else; it goes with the wish. Whether an address
follows already is never told to who types it: the answer is the same.
"""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from consult.config import Settings
from consult.db import db
from consult.jobs import services as jobs
from consult.jobs.models import Job
from consult.publishing.models import Follower
from consult.publishing.queries import asked_lately, follower_by_mark
from consult.publishing.subjects import Followed
from consult.sealing import seal, unseal

#: What keeps these seals apart from others.
PURPOSE = "follower of improvements"

#: The kind of job that asks an address to confirm.
ASK_TO_CONFIRM = "ask to confirm following"

#: An address that is not confirmed by then is erased.
UNCONFIRMED_KEPT = timedelta(days=7)

#: The same address is asked to confirm once in this time, however often somebody types it.
ASKED_AGAIN = timedelta(days=1)

#: Nobody gets more letters to confirm than this in that time, whoever types their address.
MOST_ASKED = 5


def follow(
    settings: Settings, followed: Followed, address: str, lang: str, now: datetime
) -> Job | None:
    """Keeps an address, sealed, and asks for the letter that has it confirmed.

    Returns the job to announce once committed; None when no letter is due: the address follows
    already, was asked lately, or is asked too often.
    """
    mark, person = _hash(settings, f"{followed.key} {address.lower()}"), _person(settings, address)
    known = follower_by_mark(mark)
    if known and (known.confirmed_at is not None or known.asked_at > now - ASKED_AGAIN):
        return None
    if asked_lately(person, now - ASKED_AGAIN) >= MOST_ASKED:
        return None
    follower = known or _new(settings, followed, address, lang, mark, now)
    if follower is None:
        return None
    follower.asked_at, follower.lang = now, lang
    db.session.flush()
    return jobs.submit(ASK_TO_CONFIRM, {"follower_id": follower.id})


def _new(
    settings: Settings, followed: Followed, address: str, lang: str, mark: str, now: datetime
) -> Follower | None:
    """A row that confirms nothing yet; None when another request just made it."""
    made = Follower(
        service=followed.service,
        consultation=followed.consultation,
        lang=lang,
        sealed=seal(settings.secret_key, address, purpose=PURPOSE),
        mark=mark,
        person=_person(settings, address),
        asked_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return None
    return made


def confirm(follower: Follower, now: datetime) -> None:
    """From now on the follower is told; confirming twice changes nothing."""
    if follower.confirmed_at is None:
        follower.confirmed_at = now


def stop(follower: Follower) -> None:
    """Erases the address, and with it the wish."""
    db.session.execute(delete(Follower).where(Follower.id == follower.id))


def erase_unconfirmed(now: datetime) -> int:
    """Erases the addresses that nobody confirmed in time; how many."""
    erased = delete(Follower).where(
        Follower.confirmed_at.is_(None), Follower.asked_at < now - UNCONFIRMED_KEPT
    )
    return len(db.session.scalars(erased.returning(Follower.id)).all())


def address_of(settings: Settings, follower: Follower) -> str:
    """The address, to write to it; raises ``SealBrokenError``."""
    return unseal(settings.secret_key, follower.sealed, purpose=PURPOSE)


def _person(settings: Settings, address: str) -> str:
    return _hash(settings, address.lower())


def _hash(settings: Settings, text: str) -> str:
    """A keyed hash: whoever reads the database alone cannot try addresses against it."""
    key = settings.secret_key.encode()
    return hmac.digest(key, f"consult followers 1: {text}".encode(), "sha256").hex()
