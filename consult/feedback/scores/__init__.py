"""Scores: measures, their intervals, breakdowns, and when a figure really changed.

Pure: no Flask, no database. numpy is imported inside the functions that draw samples.
"""

from consult.feedback.scores.changes import Change, change_points, latest_drop
from consult.feedback.scores.counts import COMMENTED, GIVEN, Cell, Counts
from consult.feedback.scores.measures import BY_NAME, FLOOR, MEASURES, Figure, Kind, Measure
from consult.feedback.scores.series import Period, Series, series
from consult.wilson import Interval

__all__ = [
    "BY_NAME",
    "COMMENTED",
    "FLOOR",
    "GIVEN",
    "MEASURES",
    "Cell",
    "Change",
    "Counts",
    "Figure",
    "Interval",
    "Kind",
    "Measure",
    "Period",
    "Series",
    "change_points",
    "latest_drop",
    "series",
]
