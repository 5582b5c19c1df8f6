"""Reading all sheets of a run, batch by batch: in worker processes of this machine, or on a cluster."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterable, Iterator

from pipeline.domain.extract import Known, Reading
from pipeline.outside.workers.config import Readers
from pipeline.outside.workers.pool import ALLOWED, Allowance, File, Here, Read, read_batches

BATCH = 25
"""Files a task: sending one costs more than reading a small sheet."""
_AHEAD = 4  # batches a worker that are under way at once: not all bytes are copied at the same time


def read_all(
    files: Iterable[File], known: Known, read: Read, readers: Readers, allowed: Allowance = ALLOWED
) -> Iterator[Reading]:
    """Yield the reading of each of *files* in order, read by *read* in the workers of *readers*.

    A file that kills its worker, or takes more than is *allowed*, is refused with a finding; the others are read. Raise ClusterError when a cluster cannot read.
    """
    batches = _batched(files, BATCH)
    first = next(batches, None)
    if first is None:
        return
    packed = pickle.dumps(known)
    if readers.scheduler:
        from pipeline.outside.workers.dask import on_cluster

        with on_cluster(readers.scheduler, read, packed, allowed) as (means, workers):
            yield from read_batches(itertools.chain([first], batches), means, _AHEAD * workers)
        return
    second = next(batches, None)
    workers = max(1, readers.processes) if second else 1  # a process more costs more than it saves on a few files
    rest = itertools.chain([first], [second] if second else [], batches)
    yield from read_batches(rest, Here(read, packed, workers, allowed), _AHEAD * workers)


def _batched(files: Iterable[File], size: int) -> Iterator[list[File]]:
    files = iter(files)
    while batch := list(itertools.islice(files, size)):
        yield batch
