"""Pages of improvements, for the staff."""

from consult.analysis.improvements.views import joining, lists, making, one, settling

__all__ = ["joining", "lists", "making", "one", "settling"]
