"""Every number of the ranking, found again from the files with plain pandas."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from consult.analysis.cli import analyze


@pytest.fixture
def files(
    comments: pd.DataFrame, subjects: list[str], tmp_path: Path
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The themes, the comments and their shares; many comments with quoted newlines."""
    said = pd.Series(subjects, index=comments.index) != ""
    text = ('"Avis"\r\n\n' + comments["text"]).where(said, comments["text"])
    source, out = tmp_path / "avis.csv", tmp_path / "out"
    comments.assign(text=text).to_csv(source, index=False)
    arguments = [str(source), "--out", str(out), "--themes", "5", "--text", "text"]
    result = CliRunner().invoke(analyze, arguments)
    assert result.exit_code == 0, result.output
    read = [pd.read_csv(out / f"{name}.csv") for name in ("themes", "comments", "shares")]
    assignments = pd.read_csv(out / "assignments.csv", dtype={"theme": str}, keep_default_na=False)
    rows = read[1].assign(main=assignments["theme"], said=said.to_numpy())
    return read[0], rows, read[2]


def test_every_number_can_be_found_again(
    files: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], comments: pd.DataFrame
) -> None:
    themes, rows, shares = files
    assert rows["row"].tolist() == list(range(len(rows)))
    assert rows["rating"].tolist() == pytest.approx(comments["rating"].tolist(), nan_ok=True)
    assert (rows["answered"] == rows["said"]).all()
    low, high = rows["rating"].min(), rows["rating"].max()
    for line in themes.to_dict("records"):
        own = shares[shares["theme"] == line["theme"]].set_index("row")["share"]
        frame = rows.assign(s=own.reindex(rows["row"], fill_value=0.0).to_numpy())
        said, rated = frame[frame["answered"] == 1], frame.dropna(subset="rating")
        assert line["comments"] == (rows["main"] == str(line["theme"])).sum()
        assert line["voices"] == pytest.approx((said["voice"] * said["s"]).sum(), abs=1e-6)
        assert line["share"] == pytest.approx(line["voices"] / said["voice"].sum(), abs=1e-6)
        weight = rated["voice"] * rated["s"]
        mean = (weight * rated["rating"]).sum() / weight.sum()
        assert line["mean_rating"] == pytest.approx(mean, abs=1e-6)
        assert line["severity"] == pytest.approx((high - mean) / (high - low), abs=1e-6)
        outside = rated["voice"] * (1 - rated["s"])
        without = (outside * rated["rating"]).sum() / outside.sum()
        everyone = (rated["voice"] * rated["rating"]).sum() / rated["voice"].sum()
        assert line["points_at_stake"] == pytest.approx(without - everyone, abs=1e-6)
        assert line["points_low"] <= line["points_at_stake"] <= line["points_high"]
    by_caution = themes.sort_values(["points_low", "voices"], ascending=False, kind="stable")
    assert by_caution["rank"].tolist() == list(range(1, len(themes) + 1))
    assert themes["comments"].sum() == (rows["main"] != "").sum()
