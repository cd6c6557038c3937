"""``consult bench``: measures on a PostgreSQL of one's own."""

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


def _say(step: str) -> None:
    click.echo(step, err=True)
