"""The same themes by one process and by the workers of a cluster, however comments are cut."""

from pathlib import Path

import pandas as pd
import pytest

from consult.analysis.scale import run
from consult.bench.made_comments import CommentMaker, demo_comments


def write_partitions(folder: Path, parts: int) -> list[Path]:
    frame = pd.DataFrame(CommentMaker(demo_comments()).make(150))
    folder.mkdir()
    for number in range(parts):
        frame.iloc[number::parts].to_csv(folder / f"part-{number}.csv", index=False)
    return run.partitions_of(folder)


def test_a_cluster_gives_the_themes_of_one_process(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from consult.analysis.scale.on_dask import mapped_by

    alone = run.analyze_partitions(write_partitions(tmp_path / "one", 1), themes=4)
    paths = write_partitions(tmp_path / "three", 3)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        together = run.analyze_partitions(paths, mapped_by(client), themes=4, out=tmp_path)
    pd.testing.assert_frame_equal(together.themes, alone.themes)
    assert together.comments == alone.comments == 150
    assert together.answered == alone.answered
    placed = pd.concat([pd.read_csv(tmp_path / f"part-{n}-themes.csv") for n in range(3)])
    for line in alone.themes.itertuples():
        assert (placed["theme"] == line.theme).sum() == line.comments


def test_a_folder_without_partitions_is_told(tmp_path: Path) -> None:
    with pytest.raises(run.NoPartitionsError):
        run.partitions_of(tmp_path)
