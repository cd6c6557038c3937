"""``consult bench``: measures on databases of one's own."""

from pathlib import Path

import click


@click.group("bench")
def bench() -> None:
    """Measure what consult promises."""


@bench.command("surveys")
@click.option(
    "--database-url",
    envvar="CONSULT_BENCH_DATABASE_URL",
    help="An empty PostgreSQL database, emptied again at the end.",
)
@click.option("--answers", default=250_000, show_default=True, help="Of the large consultation.")
@click.option("--few", default=1_000, show_default=True, help="Of the one it is compared with.")
@click.option("--rounds", default=30, show_default=True, help="Medians are taken over so many.")
@click.option("--exports", default=3, show_default=True, help="Exports, each beside a bare COPY.")
def surveys(database_url: str | None, answers: int, few: int, rounds: int, exports: int) -> None:
    """Pages, results and exports of a consultation with 20 questions and many answers."""
    if not database_url:
        raise click.UsageError(
            "Give an empty PostgreSQL database with --database-url; docs/benchmarks.md tells how."
        )
    from consult.bench.surveys import Sizes, measure_surveys
    from consult.bench.table import as_table

    lines = measure_surveys(database_url, Sizes(answers, few, rounds, exports), _say)
    click.echo(as_table(lines))


@bench.command("ingest")
@click.option(
    "--database-url",
    envvar="CONSULT_BENCH_DATABASE_URL",
    help="An empty PostgreSQL database to measure too, emptied again at the end.",
)
@click.option("--rounds", default=7, show_default=True, help="Medians are taken over so many.")
@click.option("--seconds", default=4.0, show_default=True, help="Of one turn of one server.")
@click.option("--workers", default=1, show_default=True, help="Processes of each server.")
@click.option("--threads", default=8, show_default=True, help="Threads of each process.")
def ingest(
    database_url: str | None, rounds: int, seconds: float, workers: int, threads: int
) -> None:
    """Feedback taken in per second, 20 people at once, beside a bare view that does as little."""
    from consult.bench.ingest import Sizes, measure_ingest
    from consult.bench.table import as_table

    lines = measure_ingest(database_url, Sizes(rounds, seconds, workers, threads), _say)
    click.echo(f"gunicorn, {workers} worker(s) of {threads} threads; 20 at once")
    click.echo(as_table(lines))


@bench.command("analysis")
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--sizes",
    default="1000,10000,100000,1000000",
    show_default=True,
    help="Numbers of comments, with commas between.",
)
@click.option(
    "--embeddings", help="Folder, or package, of a sentence-transformers model to measure beside."
)
@click.option(
    "--model-comments", default=1_000, show_default=True, help="How many the model is given."
)
def analysis(file: Path | None, sizes: str, embeddings: str | None, model_comments: int) -> None:
    """Seconds, memory and growth of the analysis of comments made of those of FILE (CSV).

    Without FILE they are made of the demo's.
    """
    from consult.bench.analysis import Sizes, measure_comments
    from consult.bench.table import as_table

    try:
        counts = [int(size) for size in sizes.split(",")]
    except ValueError:
        counts = []
    if not counts or min(counts) < 1:
        raise click.UsageError("Give --sizes as numbers with commas between: 1000,10000")
    lines, notes = measure_comments(file, Sizes(counts, model_comments), embeddings, _say)
    click.echo(as_table(lines))
    for note in notes:
        click.echo(note, err=True)


def _say(step: str) -> None:
    click.echo(step, err=True)


@bench.command("workspace")
@click.option(
    "--database-url",
    envvar="CONSULT_BENCH_DATABASE_URL",
    help="An empty PostgreSQL database for the many, emptied again at the end.",
)
@click.option(
    "--demo-url",
    envvar="CONSULT_BENCH_DEMO_URL",
    help="Another empty PostgreSQL database, for the demo alone.",
)
@click.option("--bodies", default=200, show_default=True, help="Public bodies beside the demo's.")
@click.option("--services", default=5_000, show_default=True, help="Their digital services.")
@click.option("--consultations", default=2_000, show_default=True, help="Their consultations.")
@click.option("--feedback", default=5_000_000, show_default=True, help="Pieces of feedback.")
@click.option("--rounds", default=15, show_default=True, help="Medians are taken over so many.")
def workspace(
    database_url: str | None,
    demo_url: str | None,
    bodies: int,
    services: int,
    consultations: int,
    feedback: int,
    rounds: int,
) -> None:
    """Each page of a team's day amid a whole government, beside the same page on the demo."""
    if not database_url or not demo_url:
        raise click.UsageError(
            "Give two empty PostgreSQL databases with --database-url and --demo-url;"
            " docs/benchmarks.md tells how."
        )
    from consult.bench.mass import Mass
    from consult.bench.table import as_table
    from consult.bench.workspace import Sizes, measure_workspace

    sizes = Sizes(Mass(bodies, services, consultations, feedback), rounds)
    click.echo(as_table(measure_workspace(demo_url, database_url, sizes)))
