"""The benchmark runs to its end; its figures are read by people, not by tests."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text

from consult.bench import analysis as bench_analysis
from consult.bench.analysing import AnalysisFigures
from consult.bench.analysis import BARE_RECIPE
from consult.bench.made_comments import CommentMaker, demo_comments
from consult.cli import main
from tests.servers import PostgresServer

SMALL = ["--answers", "300", "--few", "30", "--rounds", "1", "--exports", "1"]

MEASURES = [
    "open a page (GET), ms",
    "save a page (POST), ms",
    "send the answers, ms",
    "staff results page, ms",
    "public results page, ms",
    "export in csv, rows/s",
    "memory grown by it (csv), MB",
    "export in json, rows/s",
    "memory grown by it (json), MB",
    "export in xlsx, rows/s",
    "memory grown by it (xlsx), MB",
]


def test_surveys_prints_a_table_and_leaves_nothing(postgres: PostgresServer) -> None:
    url = postgres.create_database("consult_bench")
    run = CliRunner().invoke(main, ["bench", "surveys", "--database-url", url, *SMALL])
    assert run.exit_code == 0, run.output
    table = [line.split(" | ") for line in run.stdout.splitlines() if line.startswith("| ")][2:]
    assert [cells[0].removeprefix("| ") for cells in table] == MEASURES
    assert all(float(cells[3].replace(",", "")) >= 0 for cells in table)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_it_takes_nothing_but_an_empty_postgresql(postgres: PostgresServer) -> None:
    assert "--database-url" in CliRunner().invoke(main, ["bench", "surveys"]).output
    sqlite = ["bench", "surveys", "--database-url", "sqlite://"]
    assert "PostgreSQL only" in CliRunner().invoke(main, sqlite).output
    url = postgres.create_database("consult_bench")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE precious (id int)"))
    run = CliRunner().invoke(main, ["bench", "surveys", "--database-url", url])
    assert run.exit_code == 2
    assert "not empty" in run.output
    assert inspect(engine).get_table_names() == ["precious"]
    engine.dispose()


def test_ingest_compares_posts_and_the_script_with_the_barest_view() -> None:
    run = CliRunner().invoke(main, ["bench", "ingest", "--rounds", "1", "--seconds", "0.2"])
    assert run.exit_code == 0, run.output
    table = [line.split(" | ") for line in run.stdout.splitlines() if line.startswith("| ")][2:]
    assert [cells[0].removeprefix("| ") for cells in table] == [
        f"{what}{measure}"
        for what in ("posts on SQLite", "widget script")
        for measure in (", per second", ", half within, ms", ", 99 % within, ms")
    ]
    assert all(float(cells[column].replace(",", "")) > 0 for cells in table for column in (2, 3))


def test_analysis_is_measured_beside_the_barest_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, Path]] = []

    def measured(kind: str, file: Path, _model: str = "") -> AnalysisFigures:
        told.append((kind, file))
        lines = len(file.read_text("utf-8").splitlines()) - 1
        return AnalysisFigures(lines / 100, lines / 100, lines, {"words": 1.0})

    monkeypatch.setattr(bench_analysis, "measure_analysis", measured)
    monkeypatch.setattr(bench_analysis, "installed", lambda *_names: False)
    run = CliRunner().invoke(main, ["bench", "analysis", "--sizes", "20,80"])
    assert run.exit_code == 0, run.output
    assert [kind for kind, _file in told] == ["bare", "consult"] * 2
    last = run.stdout.splitlines()[-1]
    assert last == f"| growth with the comments, exponent | {BARE_RECIPE} | 1.0 | 1.0 | 1.00 |  |"
    assert "none is installed" in run.stderr
    assert CliRunner().invoke(main, ["bench", "analysis", "--sizes", "many"]).exit_code == 2
    made = [CommentMaker(demo_comments()).make(50) for _time in range(2)]
    assert [*made[0]] == [*made[1]], "the same comments each time"
