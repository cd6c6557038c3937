"""Counts of the rate limits of one process, in memory, without the threads of the library's own."""

import threading
import time

from limits.storage import Storage

#: Past this many counts, those whose window has ended are let go.
MANY = 1_000


class ProcessStorage(Storage):
    """Fixed windows by key; chosen by the address ``process://``.

    The library's memory storage starts a thread for each request that it counts.
    """

    STORAGE_SCHEME = ["process"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Adds ``amount`` to a count that starts again ``expiry`` seconds after its first."""
        now = time.time()
        with self._lock:
            count, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
                self._let_go(now)
            self._counts[key] = count + amount, until
        return count + amount

    def _let_go(self, now: float) -> None:
        if len(self._counts) > MANY:
            self._counts = {key: kept for key, kept in self._counts.items() if kept[1] > now}

    def get(self, key: str) -> int:
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the window of ``key`` ends, in seconds since the epoch; now without one."""
        now = time.time()
        return max(self._counts.get(key, (0, now))[1], now)

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        """Forgets every count; returns how many there were."""
        with self._lock:
            count = len(self._counts)
            self._counts = {}
        return count

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)
