"""When a message that was not taken is tried again."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

#: After so many attempts, about three days after the first, a message has failed.
MOST_ATTEMPTS = 11

_FIRST, _LONGEST, _GROWTH = timedelta(minutes=1), timedelta(hours=12), 4
#: How far a wait is from its step, on either side, so that many do not come back at once.
_JITTER = 0.2


def wait_after(attempts: int, public_id: UUID) -> timedelta | None:
    """How long to wait after so many attempts; None when the last one failed.

    1, 4, 16, 64 minutes, 4 hours, then 12 hours at a time, each a fifth less to a fifth more: the
    same for one message and attempt at every run.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    step: timedelta = min(_FIRST * _GROWTH ** (attempts - 1), _LONGEST)
    drawn = sha256(public_id.bytes + attempts.to_bytes(2, "big")).digest()
    share = int.from_bytes(drawn[:4], "big") / 2**32
    return step * (1 - _JITTER + 2 * _JITTER * share)
