"""The background work of counting ahead."""

from consult.db import utc_now
from consult.feedback.services import totals


def count_news() -> None:
    """Services that heard something since; every minute."""
    totals.count_news(utc_now())


def count_all() -> None:
    """Every service, so that nothing stays miscounted for more than a day; every night."""
    totals.count_all(utc_now())
