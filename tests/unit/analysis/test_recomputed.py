"""Every number of the ranking, found again from the files with plain pandas."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from consult.analysis.cli import analyze


@pytest.fixture
def files(
    comments: pd.DataFrame, subjects: list[str], tmp_path: Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The themes, and the comments as given, each beside its theme; many with quoted newlines."""
    said = np.array(subjects) != ""
    text = ('"Avis"\r\n\n' + comments["text"]).where(said, comments["text"])
    source, out = tmp_path / "avis.csv", tmp_path / "out"
    comments.assign(text=text).to_csv(source, index=False)
    arguments = [str(source), "--out", str(out), "--themes", "5", "--text", "text"]
    result = CliRunner().invoke(analyze, arguments)
    assert result.exit_code == 0, result.output
    found = pd.read_csv(out / "assignments.csv", dtype={"theme": str}, keep_default_na=False)
    return pd.read_csv(out / "themes.csv"), found.join(comments).assign(said=said)


def test_every_number_can_be_found_again(files: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    themes, rows = files
    assert rows["row"].tolist() == list(range(len(rows)))
    for line in themes.to_dict("records"):
        inside = rows["theme"] == str(line["theme"])
        assert line["comments"] == inside.sum()
        assert line["share"] == pytest.approx(inside.sum() / rows["said"].sum(), abs=1e-6)
        assert line["mean_rating"] == pytest.approx(rows.loc[inside, "rating"].mean(), abs=1e-6)
        points = rows.loc[~inside, "rating"].mean() - rows["rating"].mean()
        assert line["points_at_stake"] == pytest.approx(points, abs=1e-6)
        assert line["points_low"] <= line["points_at_stake"] <= line["points_high"]
    by_caution = themes.sort_values(["points_low", "comments"], ascending=False, kind="stable")
    assert by_caution["rank"].tolist() == list(range(1, len(themes) + 1))
    assert themes["comments"].sum() == (rows["theme"] != "").sum()
