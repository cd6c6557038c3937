import numpy as np
import pandas as pd

from consult.analysis.text.trends import holm, theme_trends


def test_a_theme_that_grows_passes_and_a_steady_one_does_not() -> None:
    dates = pd.Series(pd.date_range("2026-01-01", periods=400, freq="D"))
    main = np.arange(400) % 2
    main[201::4] = 2
    changes = theme_trends(main, dates, 3)
    assert changes[2] is not None
    assert changes[2] > 0.2
    assert changes[0] is None


def test_without_dates_there_is_no_trend() -> None:
    assert theme_trends(np.array([0, 1]), pd.Series([pd.NaT, pd.NaT]), 2) == [None, None]
    same_day = pd.Series([pd.Timestamp("2026-01-01")] * 2)
    assert theme_trends(np.array([0, 1]), same_day, 2) == [None, None]


def test_holm_holds_the_family() -> None:
    p_values = np.array([0.01, 0.04, 0.03, 0.005])
    assert holm(p_values).tolist() == [True, False, False, True]
