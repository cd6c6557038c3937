import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from consult.analysis.text.many_tests import holm_adjusted
from consult.analysis.text.priorities import whole_shares
from consult.analysis.text.trends import share_trends


def changes_of(main: np.ndarray, dates: pd.Series, themes: int) -> list[float | None]:
    """What passes between the halves of the time, each comment in one theme."""
    return share_trends(whole_shares(main, themes), np.ones(len(main)), dates).proven()


def test_a_theme_that_grows_passes_and_a_steady_one_does_not() -> None:
    dates = pd.Series(pd.date_range("2026-01-01", periods=400, freq="D"))
    main = np.arange(400) % 2
    main[201::4] = 2
    changes = changes_of(main, dates, 3)
    assert changes[2] is not None
    assert changes[2] > 0.2
    assert changes[0] is None


def test_without_dates_there_is_no_trend() -> None:
    assert changes_of(np.array([0, 1]), pd.Series([pd.NaT, pd.NaT]), 2) == [None, None]
    same_day = pd.Series([pd.Timestamp("2026-01-01")] * 2)
    assert changes_of(np.array([0, 1]), same_day, 2) == [None, None]


def test_holm_holds_the_family() -> None:
    p_values = np.array([0.01, 0.04, 0.03, 0.005])
    assert holm_adjusted(p_values) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    untested = np.array([np.nan, 0.02, 0.5])
    assert holm_adjusted(untested) == pytest.approx([np.nan, 0.04, 0.5], nan_ok=True)


def test_the_period_is_compared_with_the_one_before_it() -> None:
    """Days 10 to 19 against days 0 to 9; what is older counts nowhere."""
    days = np.tile(np.arange(-5, 20), 40)
    dates = pd.Series(pd.Timestamp("2026-03-01") + pd.to_timedelta(days, unit="D"))
    main = np.where(days >= 10, np.arange(1000) % 4 == 0, np.arange(1000) % 2 == 0).astype(int)
    period = (pd.Timestamp("2026-03-10 12:00"), pd.Timestamp("2026-03-20 12:00"))
    found = share_trends(whole_shares(main, 2), np.ones(1000), dates, period)
    frame = pd.DataFrame({"day": days, "main": main})
    now, before = frame[frame.day >= 10], frame[frame.day.between(0, 9)]
    assert found.compared == "previous"
    assert found.after[1] == pytest.approx((now.main == 1).mean())
    assert found.before[1] == pytest.approx((before.main == 1).mean())
    table = pd.crosstab(frame.day[frame.day >= 0] >= 10, frame.main)
    assert found.p_values[1] == pytest.approx(2 * fisher_exact(table).pvalue)
    assert found.proven()[1] == pytest.approx(found.after[1] - found.before[1])
    recent = share_trends(
        whole_shares(main, 2)[days >= 10], np.ones(400), dates[days >= 10], period
    )
    assert recent.compared == "halves"
    assert recent.proven() == [None, None]


def test_a_campaign_is_one_voice_in_a_trend_and_silence_is_none() -> None:
    main = np.array([0] * 60 + [1] * 60 + [0] * 60)
    dates = pd.Series(pd.date_range("2026-01-01", periods=180, freq="D"))
    voices = np.where(np.arange(180) >= 120, 1 / 60, 1.0)
    voices[:30] = 0
    found = share_trends(whole_shares(main, 2), voices, dates)
    assert found.before[0] == pytest.approx(1 / 2)
    assert found.after[0] == pytest.approx(1 / 31)


def test_what_came_in_the_middle_is_of_the_later_half() -> None:
    dates = pd.Series(pd.to_datetime(["2026-01-01"] * 3 + ["2026-01-02"] * 3 + ["2026-01-03"] * 3))
    main = np.array([0, 0, 0, 1, 1, 1, 0, 0, 0])
    found = share_trends(whole_shares(main, 2), np.ones(9), dates)
    assert found.start == pd.Timestamp("2026-01-02")
    assert found.before.tolist() == [1, 0]
    assert found.after.tolist() == [0.5, 0.5]
