"""One answer for a form sent twice, when the form has no key of its own.

A form that a service pasted in a page that never changes cannot carry a new key per visit. What it
sends is its key then: the same words of the same page, within a short time, count once.

Two people may also say the same, all the more when a service is down. What tells them apart is the
reference of their transaction, the address they left for an answer, and one of 256 groups that
their browser and address fall in. The group changes with each period and leads back to nobody: some
17 million addresses share it. Where nothing tells people apart for sure, the time is too short for
two of them: better that one counts twice than that somebody is not heard.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

#: A long comment, or a reference, of one group is one person's, who sends it again.
LONG = timedelta(minutes=10)
#: Choices alone are soon chosen by someone else: only an impatient second click is held for one.
SHORT = timedelta(seconds=2)

#: A comment of so many characters is nobody else's.
OWN_WORDS = 80


class Sent(NamedTuple):
    """What was sent: ``answers`` as they came, the set asked, the page, what is left beside."""

    service: str
    question_set: str
    answers: Mapping[str, object]
    page: str
    reference: str
    contact: str = ""


class Keys(NamedTuple):
    """The key of the present period and of the one before, and how long ``within`` counts."""

    present: str
    before: str
    within: timedelta


def keys_of(sent: Sent, sender: str, secret: str, now: datetime) -> Keys:
    """The keys that ``sent`` may be kept under at ``now``; ``sender`` is never kept.

    A key is HMAC-SHA256 of what was sent, of its period and of the sender's group.
    """
    comment = sent.answers.get("comment")
    is_own = sent.reference or (isinstance(comment, str) and len(comment.strip()) >= OWN_WORDS)
    within = LONG if is_own else SHORT
    period = int(now.timestamp() // within.total_seconds())
    present, before = (_key(sent, sender, secret, number) for number in (period, period - 1))
    return Keys(present, before, within)


def _key(sent: Sent, sender: str, secret: str, period: int) -> str:
    group = _digest(secret, ["group", period, sender])[:2]
    return f"form-{_digest(secret, [sent._asdict(), period, group])[:48]}"


def _digest(secret: str, content: object) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=True).encode()
    return hmac.new(secret.encode(), written, hashlib.sha256).hexdigest()
