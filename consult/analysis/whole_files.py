"""Files that are put into a folder together, each whole or not at all."""

import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def write_whole(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Writes each file by its name.

    Raises:
        OSError: ``folder`` can't be made or written to; nothing is left half written.
    """
    with _no_interruption():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".consult-") as waiting:
            for name, content in contents.items():
                Path(waiting, name).write_bytes(content)
            for name in contents:
                os.replace(Path(waiting, name), folder / name)


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Ctrl-C is not heard while the files are put in place, so that all are of one analysis."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
