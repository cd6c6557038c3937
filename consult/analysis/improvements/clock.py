"""The day it is in Québec."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME


def today(now: datetime) -> date:
    """The day of Québec's calendar at ``now``."""
    return now.astimezone(ZoneInfo(QUEBEC_TIME)).date()
