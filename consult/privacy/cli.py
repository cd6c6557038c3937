"""``consult evaluate redaction``: what redaction does on comments labelled by people."""

from pathlib import Path

import click


@click.command("redaction")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--half", type=click.Choice(["odd", "even"]), help="Only every other line.")
@click.option("--show", is_flag=True, help="List what was missed and what was masked wrongly.")
def redaction(file: Path, half: str | None, show: bool) -> None:
    """Precision and recall of redaction on FILE, one labelled comment per line."""
    from consult.privacy.errors import LabelError
    from consult.privacy.evaluation import evaluate, read_labelled, report

    try:
        evaluation = evaluate(read_labelled(file, half or ""))
    except (LabelError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    for line in report(evaluation):
        click.echo(line)
    if show:
        for title, cases in (("missed", evaluation.missed), ("false", evaluation.false)):
            for number, text in cases:
                click.echo(f"{title}\t{number}\t{text}")
