"""``consult evaluate polarity``: what analysis finds beside the labels that people gave."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd


@click.command("polarity")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", required=True, help="Column of the comments.")
@click.option("--truth", required=True, help="Column of the classes people gave.")
@click.option("--lang", help="Column of the languages (fr, en); recognized if not given.")
@click.option("--rating", help="Column of the ratings, to weigh in; not used if not given.")
@click.option("--half", type=click.Choice(["odd", "even"]), help="Only every other row.")
def polarity(
    file: Path, text: str, truth: str, lang: str | None, rating: str | None, half: str | None
) -> None:
    """Accuracy of the polarity of the comments in FILE (CSV), whose class people gave."""
    from consult.analysis.evaluation import polarity as measuring
    from consult.comment_files import CommentFileError, read_comments_file
    from consult.comment_files.values import languages, ratings

    try:
        table = read_comments_file(file)
        for column in filter(None, (text, truth, lang, rating)):
            _check(table, column)
        signs = measuring.truth(table[truth])
    except (CommentFileError, measuring.TruthError) as error:
        raise click.ClickException(str(error)) from error
    kept = signs.notna() & (table[text].str.strip() != "")
    if half:
        kept &= table.index % 2 == (0 if half == "odd" else 1)
    if not kept.any():
        raise click.ClickException("No row has both a comment and a class.")
    click.echo(f"left out   {len(table) - int(kept.sum())} rows")
    langs = languages(table[lang])[kept] if lang else None
    given = ratings(table[rating]).values[kept] if rating else None
    for line in measuring.evaluated(table[text][kept], signs[kept], langs, given):
        click.echo(line)


def _check(table: "pd.DataFrame", column: str) -> None:
    if column not in table:
        names = ", ".join(f"“{name}”" for name in table.columns)
        raise click.ClickException(f"There is no column “{column}”. The columns are {names}.")
