"""The workers of Dask distributed as those who map (``consult[scale]``)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from consult.analysis.scale.run import Map

LOCAL = "local"


class DaskMissingError(Exception):
    """Dask is not installed; the message says what to do."""


@contextmanager
def workers(address: str) -> Iterator[Map]:
    """Who does the work: the cluster whose scheduler is at ``address``, or processes here.

    Every worker must see the partitions under the same paths, and have consult installed.
    """
    try:
        dask: Any = import_module("distributed")
    except ImportError as error:
        raise DaskMissingError(
            "Dask is not installed. Install it with: pip install 'consult[scale]'"
        ) from error
    if address == LOCAL:
        with (
            dask.LocalCluster(threads_per_worker=1, dashboard_address=None) as cluster,
            dask.Client(cluster) as client,
        ):
            yield mapped_by(client)
    else:
        with dask.Client(address) as client:
            yield mapped_by(client)


def mapped_by(client: Any) -> Map:
    """A ``Map`` of a Dask client; large arguments of ``work`` reach each worker once."""

    def do(work: Callable[[Path], Any], paths: Sequence[Path]) -> list[Any]:
        if isinstance(work, partial) and "learned" in work.keywords:
            learned = client.scatter(work.keywords["learned"], broadcast=True)
            rest = {name: value for name, value in work.keywords.items() if name != "learned"}
            futures = client.map(work.func, list(paths), learned=learned, pure=False, **rest)
        else:
            futures = client.map(work, list(paths), pure=False)
        return list(client.gather(futures))

    return do
