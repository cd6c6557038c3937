"""The workers of Dask distributed as those who map (``consult[scale]``)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from consult.analysis.scale.corpus import Map

LOCAL = "local"


class DaskMissingError(Exception):
    """Dask is not installed; the message says what to do."""


@contextmanager
def workers(address: str) -> Iterator[Map]:
    """Who does the work: the cluster whose scheduler is at ``address``, or processes here.

    Every worker must see the files under the same paths, or reach the database, and have consult
    installed.
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
    """A ``Map`` of a Dask client; what is shared reaches each worker once."""

    def do(
        work: Callable[..., Any], calls: Sequence[tuple[Any, ...]], shared: Any = None
    ) -> list[Any]:
        if not calls:
            return []
        arguments = [list(column) for column in zip(*calls, strict=True)]
        if shared is not None:
            everywhere = client.scatter(shared, broadcast=True)
            arguments.append([everywhere] * len(calls))
        return list(client.gather(client.map(work, *arguments, pure=False)))

    return do
