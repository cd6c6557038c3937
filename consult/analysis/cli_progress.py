"""How far ``consult analyze`` is, on stderr: a bar on a terminal, a line per stage elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

from consult.catalogues import translations_for
from consult.jobs.time_left import seconds_left, time_left_words

#: Marks a message for the catalogue.
_ = str

STAGES = {
    "languages": _("Recognizing languages"), "words": _("Reading words"),
    "themes": _("Grouping comments into themes"), "labels": _("Naming themes"),
    "segments": _("Reading each comment piece by piece"),
    "priorities": _("Weighing priorities"), "done": _("Done"),
}  # fmt: skip

#: Told the stage and the share done, 0 to 1.
Tell = Callable[[str, float], None]


@contextmanager
def shown_progress(lang: str, clock: Callable[[], float] = monotonic) -> Iterator[Tell]:
    """Gives what to call at each stage; the time left is told once it can be known.

    Args:
        lang: 'fr' or 'en'.
        clock: seconds that only grow.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    left = TextColumn("{task.fields[left]}")
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), left)
    started = clock()
    with Progress(
        *columns, console=console, disable=not console.is_terminal, transient=True
    ) as bar:
        task = bar.add_task("", total=1.0, left="")

        def tell(stage: str, share: float) -> None:
            words = translations_for(lang).gettext(STAGES.get(stage, stage))
            seconds = seconds_left(share, clock() - started)
            time_left = "" if seconds is None else time_left_words(seconds, lang)
            if console.is_terminal:
                bar.update(task, description=words, completed=share, left=time_left)
            else:
                click.echo(f"{share:4.0%} {', '.join(filter(None, (words, time_left)))}", err=True)

        yield tell
