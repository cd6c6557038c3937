"""LimeSurvey's surveys (.lss): reading them."""

from consult.questionnaires.limesurvey.reader import import_lss

__all__ = ["import_lss"]
