"""The days of Québec's calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME

QUEBEC = ZoneInfo(QUEBEC_TIME)


def quebec_day(moment: datetime) -> date:
    """The day it is in Québec at ``moment``, which is aware."""
    return moment.astimezone(QUEBEC).date()
