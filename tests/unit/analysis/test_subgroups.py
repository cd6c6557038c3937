"""Groups hit hardest, against scipy on plain pandas frames."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import fisher_exact, ttest_ind

from consult.analysis.text.hidden_places import hidden_places
from consult.analysis.text.priorities import whole_shares
from consult.analysis.text.subgroups import Said, subgroups

N = 600


@pytest.fixture
def frame() -> pd.DataFrame:
    """Theme 0 is spoken of twice as much in the north, and rated lower there."""
    random = np.random.default_rng(4)
    region = random.choice(["north", "south", "east"], N, p=[0.3, 0.4, 0.3])
    main = np.where(random.uniform(size=N) < np.where(region == "north", 0.6, 0.3), 0, 1)
    hard = (region == "north") & (main == 0)
    rating = np.where(hard, random.integers(1, 4, N), random.integers(2, 6, N)).astype(float)
    rating[::8] = np.nan
    return pd.DataFrame({"region": region, "main": main, "rating": rating, "lang": "fr"})


def said_of(frame: pd.DataFrame, voices: np.ndarray | None = None) -> Said:
    ones = np.ones(len(frame)) if voices is None else voices
    shares = whole_shares(frame["main"].to_numpy(), 2)
    return Said(shares, ones, frame["rating"].to_numpy(), np.arange(len(frame)))


def test_who_is_hit_hardest_as_scipy_says(frame: pd.DataFrame) -> None:
    found = subgroups(said_of(frame), {"region": frame["region"]}).table
    assert len(found) == 6
    expected = []
    for line in found.to_dict("records"):
        inside, of_theme = frame.region == line["group"], frame.main == line["theme"] - 1
        assert line["comments"] == (inside & of_theme).sum()
        assert line["share"] == pytest.approx(of_theme[inside].mean())
        assert line["share_others"] == pytest.approx(of_theme[~inside].mean())
        here, there = (frame.rating[of_theme & side].dropna() for side in (inside, ~inside))
        assert line["mean_rating"] == pytest.approx(here.mean())
        assert line["mean_others"] == pytest.approx(there.mean())
        expected.append(ttest_ind(here, there, equal_var=False).pvalue)
    shares = [
        fisher_exact(
            pd.crosstab(frame.region == line["group"], frame.main == line["theme"] - 1)
        ).pvalue
        for line in found.to_dict("records")
    ]
    family = np.sort(shares + expected)
    corrected = np.minimum(np.maximum.accumulate(family * np.arange(12, 0, -1)), 1)
    assert np.sort([*found.share_p, *found.mean_p]) == pytest.approx(corrected)
    hit = found[found.speaks_more & found.rates_lower]
    assert list(zip(hit.group, hit.theme, strict=True)) == [("north", 1)]


def test_small_cells_and_what_would_reveal_them_are_not_shown(frame: pd.DataFrame) -> None:
    few = frame.assign(region=["tiny"] * 4 + ["large"] * (N - 4), main=0)
    assert subgroups(said_of(few), {"region": few["region"]}).table.empty
    assert subgroups(said_of(frame), {"region": pd.Series([None] * N)}).table.empty
    three = frame.assign(region=np.repeat(["a", "b", "c"], [3, 7, N - 10]), main=0)
    assert set(subgroups(said_of(three), {"region": three["region"]}).table.group) == {"c"}


def test_a_campaign_does_not_make_a_group_speak_more(frame: pd.DataFrame) -> None:
    copies = pd.DataFrame({"region": "east", "main": 0, "rating": 1.0, "lang": "fr"}, range(200))
    many = pd.concat([frame, copies], ignore_index=True)
    voices = np.where(np.arange(len(many)) < N, 1.0, 1 / 200)
    units = np.minimum(np.arange(len(many)), N)
    said = Said(whole_shares(many["main"].to_numpy(), 2), voices, many["rating"].to_numpy(), units)
    found = subgroups(said, {"region": many["region"]}).table
    east = found[(found.group == "east") & (found.theme == 1)].iloc[0]
    assert east.comments == ((many.region == "east") & (many.main == 0)).sum()
    alone = ((frame.region == "east") & (frame.main == 0)).sum()
    assert east.voices == pytest.approx(alone + 1)
    assert not east.speaks_more
    assert not east.rates_lower


def test_shares_weigh_and_all_alike_can_still_differ() -> None:
    shares = csr_array(np.column_stack([np.tile([0.25, 0.75], 20), np.tile([0.75, 0.25], 20)]))
    ratings = np.repeat([1.0, 5.0], 20)
    said = Said(shares, np.ones(40), ratings, np.arange(40))
    group = pd.Series(np.repeat(["low", "high"], 20))
    found = subgroups(said, {"channel": group}).table.set_index(["group", "theme"])
    assert found.loc[("low", 1), "voices"] == pytest.approx(10)
    assert found.loc[("low", 1), "rates_lower"]
    assert not found.loc[("high", 1), "rates_lower"]


def test_the_total_of_a_group_does_not_tell_its_hidden_cell() -> None:
    counts = np.array([[3, 20, 30], [9, 9, 30], [9, 40, 30]])
    assert hidden_places(counts, np.array([4, 9, 9])).tolist() == [
        [True, False, False],
        [True, False, False],
        [False, False, False],
    ]
    assert hidden_places(counts, np.array([1, 9, 9])).tolist() == [
        [True, True, False],
        [True, True, False],
        [False, False, False],
    ]
    assert hidden_places(np.array([[0, 9], [0, 9]])).tolist() == [[True, False]] * 2


def test_a_grouping_is_open_when_nothing_of_it_is_hidden(frame: pd.DataFrame) -> None:
    few = pd.Series(["tiny"] * 4 + ["large"] * (N - 4))
    found = subgroups(said_of(frame), {"few": few, "region": frame["region"]})
    assert found.open == ("region",)
    assert set(found.sums["grouping"]) == {"region"}
