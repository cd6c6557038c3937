"""``consult vectors``: tables of word vectors, made once from a language model."""

from pathlib import Path

import click


@click.group("vectors")
def vectors() -> None:
    """Make tables of word vectors, which sharpen themes at no cost per comment."""


@vectors.command("build")
@click.option(
    "--from", "source", required=True,
    help="Folder of a sentence-transformers model, or installed package that holds one.",
)  # fmt: skip
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder to write the table to.")  # fmt: skip
@click.option("--dimensions", type=click.IntRange(16, 1024), default=256, show_default=True)
def build(source: str, out: Path, dimensions: int) -> None:
    """Distil a sentence-transformers model into a table, without any network.

    Needs both packages: pip install 'consult[vectors,embeddings]'. Reading the table needs the
    first only.
    """
    from consult.analysis.text.sentence_vectors import SentenceVectorsError
    from consult.analysis.text.vector_table import build_table

    if out.exists() and any(out.iterdir()):
        raise click.ClickException(f"The folder {out} is not empty. Choose another one.")
    try:
        pieces, width = build_table(source, out, dimensions)
    except SentenceVectorsError as error:
        raise click.ClickException(str(error)) from error
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    click.echo(f"{pieces:,} word pieces, {width} dimensions, {size / 1e6:.0f} MB: {out}")
