"""Where sheets are read: in processes of this machine, or on a cluster that runs Dask already."""

from __future__ import annotations

import re
from dataclasses import dataclass

LOCAL = "local"
_ADDRESS = re.compile(r"dask://(?P<scheduler>(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5})/?")


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the sheets: up to ``processes`` here, or, where it is set, the cluster of ``scheduler`` (``host:port``)."""

    processes: int = 1
    scheduler: str = ""


def scheduler_of(executor: str) -> str:
    """Return the scheduler that *executor* names (``dask://host:port``), "" for ``local``. ValueError for anything else."""
    if executor == LOCAL:
        return ""
    if (address := _ADDRESS.fullmatch(executor)) is None:
        raise ValueError(executor)
    return address["scheduler"]
