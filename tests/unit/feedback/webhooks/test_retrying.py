"""When a message is tried again."""

from datetime import timedelta
from uuid import UUID

from consult.feedback.webhooks.retrying import MOST_ATTEMPTS, wait_after

IDS = [UUID(int=number) for number in range(50)]


def test_waits_grow_and_end_after_about_three_days() -> None:
    for id_ in IDS:
        waits = [wait_after(attempts, id_) for attempts in range(1, MOST_ATTEMPTS)]
        known = [wait for wait in waits if wait is not None]
        assert len(known) == MOST_ATTEMPTS - 1
        assert known[:5] == sorted(known[:5])
        assert timedelta(seconds=48) <= known[0] <= timedelta(seconds=72)
        assert timedelta(days=2) < sum(known, timedelta()) < timedelta(days=3.5)
        assert wait_after(MOST_ATTEMPTS, id_) is None


def test_many_messages_do_not_come_back_together_and_each_run_says_the_same() -> None:
    waits = {wait_after(3, id_) for id_ in IDS}
    assert len(waits) == len(IDS)
    assert waits == {wait_after(3, id_) for id_ in IDS}
