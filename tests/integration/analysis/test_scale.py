"""The same themes and priorities by one process and by the workers of a cluster."""

import pickle
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine

from consult.analysis.cli import analyze
from consult.analysis.scale import on_dask, passes, run
from consult.analysis.scale.corpus import Map
from consult.analysis.scale.on_dask import mapped_by
from consult.analysis.scale.parts import PartsError, parts_of_folder, parts_of_table
from consult.analysis.text import Analysis, analyze_comments, at_scale, pipeline
from consult.bench.made_comments import CommentMaker, demo_comments
from consult.config import with_driver
from tests.servers import PostgresServer

CAMPAIGN = (
    "Nous demandons que le bureau de la rue Principale reste ouvert le samedi matin pour les "
    "familles qui travaillent la semaine"
)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """Comments with ratings and dates, some in an untold language, copies of one text, blanks."""
    made = pd.DataFrame(CommentMaker(demo_comments()).make(90))
    copies = [f"{CAMPAIGN} {end}" for end in ("svp", "merci", "bravo", "svp")]
    more = pd.DataFrame({"text": [*copies, "n/a", ""], "lang": "fr", "rating": [1, 2, 1, 1, 5, 3]})
    whole = pd.concat([made[:50], more, made[50:]], ignore_index=True)
    dates = pd.date_range("2026-01-01", periods=len(whole), freq="h").astype("datetime64[ns]")
    channel = pd.Series(["web", "phone"] * len(whole))[: len(whole)]
    told = whole["lang"].where(whole.index % 7 != 0)
    rating = pd.to_numeric(whole["rating"])
    return whole.assign(date=dates, channel=channel, lang=told, rating=rating)


def same(found: Analysis, alone: Analysis) -> None:
    """Themes, campaigns, places, shares, intervals, ranks, trends and groups are the same."""
    assert len(alone.campaigns)
    for name in ("themes", "campaigns", "assignments", "shares", "subthemes"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(alone, name))
    pd.testing.assert_frame_equal(found.weighed.subgroups, alone.weighed.subgroups)
    assert found.rank_groups == alone.rank_groups
    assert found.trends == alone.trends
    assert found.counts == alone.counts
    assert found.representatives == alone.representatives


def table_of(frame: pd.DataFrame, url: str) -> str:
    """The name of a table of the comments, whose key leaves numbers out."""
    told = frame.assign(number=range(10, 10 + 3 * len(frame), 3))
    engine = create_engine(with_driver(url))
    told.sample(frac=1, random_state=0).to_sql("said", engine, index=False)
    engine.dispose()
    return "public.said"


def test_a_cluster_gives_the_analysis_of_one_process(
    frame: pd.DataFrame, tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a Parquet file and from a table of PostgreSQL in parts, most learned on, some placed."""
    distributed = pytest.importorskip("distributed")
    few = at_scale.learned_rows
    for module in (run, pipeline):
        monkeypatch.setattr(module, "learned_rows", lambda total, seed: few(total, seed, 60))
    said = frame.rename(columns={"text": "avis"})
    said[:40].to_parquet(tmp_path / "part.parquet", index=False)
    url = postgres.create_database("consult_scale")
    columns = {role: role for role in ("text", "rating", "lang", "date", "channel")}
    parts = [
        *parts_of_folder(tmp_path, {"text": "avis"}),
        *parts_of_table(url, table_of(frame[40:], url), "number", columns, at_once=100),
    ]
    assert len(parts) == 3
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        do = sent(mapped_by(client))
        together = run.analyze_parts(parts, do, themes=3, bootstrap=50)
    same(together.found, analyze_comments(frame, themes=3, bootstrap=50))
    assert (together.comments["text"] != "").sum() == 60


def sent(do: Map) -> Map:
    """The same ``Map``, what it takes and gives being sent as between processes."""

    def over(
        work: Callable[..., Any], calls: Sequence[tuple[Any, ...]], shared: Any = None
    ) -> list[Any]:
        taken = pickle.loads(pickle.dumps((work, calls, shared)))  # noqa: S301
        found: list[Any] = pickle.loads(pickle.dumps(do(*taken)))  # noqa: S301
        return found

    return over


def test_a_folder_gives_the_files_of_one_process(
    frame: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "avis"
    source.mkdir()
    said = frame.drop(columns="channel").rename(columns={"text": "avis"})
    said.to_csv(tmp_path / "whole.csv", index=False)
    said[:30].to_csv(source / "1.csv", index=False)
    said[30:].to_csv(source / "2.csv", index=False)
    monkeypatch.setattr(on_dask, "workers", lambda _address: nullcontext(run.in_this_process))
    columns = ["--text", "avis", "--themes", "4"]
    for arguments in ([str(tmp_path / "whole.csv")], [str(source), "--dask", "local"]):
        done = CliRunner().invoke(analyze, [*arguments, *columns])
        assert done.exit_code == 0, done.output
    for name in ("themes", "assignments", "comments", "shares", "subgroups", "trends"):
        one, many = (
            (tmp_path / f"{folder}-consult" / f"{name}.csv").read_text("utf-8")
            for folder in ("whole", "avis")
        )
        assert one == many, name


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PartsError, match="no Parquet"):
        parts_of_folder(tmp_path, {})
    with pytest.raises(PartsError, match="database"):
        parts_of_table(f"sqlite:///{tmp_path}/none.db", "said", "id", {})
    (tmp_path / "1.csv").write_text("a\n1\n")
    with pytest.raises(PartsError, match="--text"):
        passes.hear(parts_of_folder(tmp_path, {})[0])
