"""Comments in, ranked themes out: pandas, numpy and scikit-learn, usable alone."""

from consult.analysis.text.pipeline import analyze_comments
from consult.analysis.text.results import Analysis

__all__ = ["Analysis", "analyze_comments"]
