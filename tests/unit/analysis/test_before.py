"""A report of a period, its trends against the period before."""

import pandas as pd
import pytest

from consult.analysis.text import analyze_comments
from consult.analysis.text.before import against_before
from tests.unit.analysis.conftest import FORM, STAFF, WAITING


def frame(said: list[tuple[str, int, str]], first: str) -> pd.DataFrame:
    """The comments, four times each, one an hour from ``first`` on."""
    rows = [(lang, rating, f"{text} ({n})") for n in range(4) for lang, rating, text in said]
    made = pd.DataFrame(rows, columns=["lang", "rating", "text"])
    return made.assign(date=pd.date_range(first, periods=len(made), freq="h"))


def test_a_theme_spoken_of_more_than_in_the_period_before() -> None:
    now = frame([*WAITING, *FORM[:4], *STAFF[:4]], "2026-02-01")
    before = frame([*WAITING[:3], *FORM, *STAFF], "2026-01-25")
    period = (pd.Timestamp("2026-02-01"), pd.Timestamp("2026-02-08"))
    alone = analyze_comments(now, themes=3, bootstrap=50)
    found = against_before(alone, now, before, period)
    assert found.weighed.trends.compared == "previous"
    spoken = found.assignments["theme"][: len(WAITING)].mode()[0]
    risen = found.trends[int(spoken)]
    assert risen is not None
    assert risen == pytest.approx(11 / 19 - 3 / len([*WAITING[:3], *FORM, *STAFF]), abs=0.1)
    assert found.themes.equals(alone.themes)
