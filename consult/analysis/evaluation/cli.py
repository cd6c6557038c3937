"""``consult evaluate themes``: the themes found beside those that people gave."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from consult.analysis.evaluation.evaluate import Effort
    from consult.analysis.evaluation.recipes import Recipe

#: Options that a file and the shared sets have in common.
_COMMON = (
    click.option(
        "--recipes", "names", help="Names with commas between; all of them when not given."
    ),
    click.option(
        "--vectors", type=click.Path(path_type=Path), help="Folder of a table of word vectors."
    ),
    click.option("--embeddings", help="Folder, or package, of a sentence-transformers model."),
    click.option("--seeds", type=click.IntRange(1, 20), default=1, show_default=True,
                 help="Runs that the figures are the mean of."),
    click.option("--resamples", type=click.IntRange(0, 50), default=3, show_default=True,
                 help="Draws of 80 % of the comments that stability compares; 0 leaves it out."),
    click.option("--keep", type=click.Path(path_type=Path),
                 help="Folder where a model's vectors are kept for the next time."),
)  # fmt: skip


def _common(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_COMMON):
        command = option(command)
    return command


@click.command("themes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", required=True, help="Column of the comments.")
@click.option("--truth", required=True, help="Column of the themes that people gave.")
@click.option("--lang", help="Column of the languages; recognised when not given.")
@click.option("--pair", help="Column that names what each comment is a translation of.")
@click.option("--themes", type=click.IntRange(2, 200), help="Number asked for [the true one].")
@_common
def themes(
    file: Path, text: str, truth: str, lang: str | None, pair: str | None, themes: int | None,
    seeds: int, resamples: int, **recipes: object,
) -> None:  # fmt: skip
    """Measure the themes found in FILE (CSV) beside those that people gave.

    consult stands beside simpler recipes, and beside those that need a language model where one
    is installed; at the true number of themes, and at the number each finds.
    """
    from consult.analysis.evaluation.evaluate import Effort, measure
    from consult.analysis.evaluation.labelled import LabelledFileError, read_labelled
    from consult.analysis.evaluation.tables import HEADER, LEGEND, cells, described
    from consult.comment_files import CommentFileError

    try:
        labelled = read_labelled(file, text=text, truth=truth, lang=lang, pair=pair)
    except CommentFileError as error:
        raise click.ClickException(error.message.render(str)) from error
    except LabelledFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(described(labelled))
    table = [list(HEADER)]
    for line in measure(labelled, _recipes(**recipes), themes, Effort(seeds, resamples)):  # type: ignore[arg-type]
        click.echo(f"{line.recipe}: done", err=True)
        table.append(cells(line, labelled.true_count))
    _print(table)
    for explained in LEGEND:
        click.echo(explained)


@click.command("theme-sets")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--set", "only", multiple=True, help="A set by its name; all when not given.")
@click.option("--out", type=click.Path(path_type=Path), help="Markdown file; shown if not given.")
@_common
def theme_sets(
    folder: Path, only: Sequence[str], out: Path | None, seeds: int, resamples: int,
    **recipes: object,
) -> None:  # fmt: skip
    """Measure themes on the sets of the shared data FOLDER, as tables of Markdown.

    What stands before the line “<!-- tables -->” of an existing --out file is left as it is.
    """
    from consult.analysis.evaluation.evaluate import Effort
    from consult.analysis.evaluation.tables import written_below

    found = _recipes(**recipes)  # type: ignore[arg-type]
    lines = _measured_sets(folder, only, found, Effort(seeds, resamples))
    if out is None:
        click.echo("\n".join(lines))
    else:
        before = out.read_text("utf-8") if out.is_file() else ""
        out.write_text(written_below(before, lines), "utf-8")


def _measured_sets(
    folder: Path, only: Sequence[str], recipes: list["Recipe"], effort: "Effort"
) -> list[str]:
    from consult.analysis.evaluation.evaluate import measure
    from consult.analysis.evaluation.labelled import SHARED_SETS
    from consult.analysis.evaluation.tables import in_markdown

    unknown = sorted(set(only) - set(SHARED_SETS))
    if unknown:
        raise click.ClickException(f"No set is named {unknown[0]}: {', '.join(SHARED_SETS)}.")
    lines: list[str] = []
    for name in only or SHARED_SETS:
        try:
            labelled = SHARED_SETS[name].read(name, folder)
        except OSError as error:
            click.echo(f"{name} is left out: {error}", err=True)
            continue
        measured = list(measure(labelled, recipes, None, effort))
        lines += in_markdown(labelled, measured)
        click.echo(f"{name}: done", err=True)
    return lines


def _recipes(
    names: str | None, vectors: Path | None, embeddings: str | None, keep: Path | None
) -> list["Recipe"]:
    """The recipes asked for that can run here; says on stderr what to install for the others."""
    from consult.analysis.evaluation.choice import NAMES, chosen

    asked = [name.strip() for name in names.split(",")] if names else list(NAMES)
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        raise click.ClickException(f"No recipe is named {unknown[0]}: {', '.join(NAMES)}.")
    recipes, missing = chosen(asked, vectors, embeddings, keep)
    for line in missing:
        click.echo(line, err=True)
    return recipes


def _print(table: list[list[str]]) -> None:
    """Columns as wide as they need to be, the first to the left, the others to the right."""
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    for first, *others in table:
        right = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        click.echo("  ".join([first.ljust(widths[0]), *right]))
