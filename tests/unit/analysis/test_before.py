"""A report of a period, its trends against the period before."""

import numpy as np
import pandas as pd
import pytest

from consult.analysis.text import analyze_comments
from consult.analysis.text.before import against_before
from consult.analysis.text.membership import GivenThemes
from tests.unit.analysis.conftest import FORM, STAFF, WAITING


def frame(said: list[tuple[str, int, str]], first: str) -> pd.DataFrame:
    """The comments, one an hour from ``first`` on."""
    made = pd.DataFrame(said, columns=["lang", "rating", "text"])
    return made.assign(date=pd.date_range(first, periods=len(made), freq="h"))


def test_a_theme_spoken_of_more_than_in_the_period_before() -> None:
    now = frame([*WAITING, *FORM[:4], *STAFF[:4]], "2026-02-01")
    before = frame([*WAITING[:3], *FORM, *STAFF, ("fr", 3, "RAS")], "2026-01-25")
    period = (pd.Timestamp("2026-02-01"), pd.Timestamp("2026-02-08"))
    alone = analyze_comments(now, themes=3, bootstrap=50)
    found = against_before(alone, now, before, period)
    trends = found.weighed.trends
    assert trends.compared == "previous"
    waiting = int(found.assignments["theme"][: len(WAITING)].mode()[0]) - 1
    said_before = 3 / (3 + len(FORM) + len(STAFF))
    assert trends.before[waiting] == pytest.approx(said_before, abs=0.1)
    assert trends.after[waiting] == pytest.approx(11 / 19, abs=0.1)
    assert found.themes.equals(alone.themes)


def test_with_themes_that_people_keep_their_places_are_compared() -> None:
    now, before = frame(WAITING * 3, "2026-02-01"), frame(STAFF * 3, "2026-01-25")
    labels = [{"fr": "Attente", "en": "Wait"}, {"fr": "Accueil", "en": "Welcome"}]
    given = tuple(
        GivenThemes(
            labels, np.full(len(part), theme), [[] for _ in range(len(part))], np.ones(len(part))
        )
        for theme, part in enumerate((now, before))
    )
    period = (pd.Timestamp("2026-02-01"), pd.Timestamp("2026-02-08"))
    found = against_before(
        analyze_comments(now, given=given[0], bootstrap=50),
        now,
        before,
        period,
        (given[0], given[1]),
    )
    assert found.weighed.trends.before == pytest.approx([0, 1])
    assert found.weighed.trends.after == pytest.approx([1, 0])
    assert found.trends == pytest.approx({1: 1.0, 2: -1.0})
