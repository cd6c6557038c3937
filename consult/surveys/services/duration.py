"""How long a consultation takes: measured once enough people have answered, worked out before."""

import math
from datetime import timedelta
from statistics import median

from consult.surveys.compiled import compiled
from consult.surveys.estimate import estimated_minutes
from consult.surveys.models import Consultation
from consult.surveys.queries import recent_durations

#: So many have to finish before their times replace the estimate.
ENOUGH = 30
#: Longer than this, somebody came back later: it tells nothing of the questionnaire.
ONE_SITTING = timedelta(hours=2)


def minutes_needed(consultation: Consultation, lang: str) -> int:
    """Whole minutes, rounded up: the median of the latest real times, else the estimate.

    The editor's own figure stands while there is no questionnaire.
    """
    if consultation.version is None:
        return consultation.minutes
    lasted = [d for d in recent_durations(consultation) if timedelta(0) < d < ONE_SITTING]
    if len(lasted) >= ENOUGH:
        return max(1, math.ceil(median(d / timedelta(minutes=1) for d in lasted)))
    return estimated_minutes(compiled(consultation.version).questionnaire, lang)
