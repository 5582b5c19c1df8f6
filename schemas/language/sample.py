"""What the demo plays: sheets that people drop, day by day. Declared beside each procedure in its ``samples`` module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schemas.language.field import Layout

Cells = Mapping[str, str | int | float | date]
"""What somebody types, by field code."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank sheet of the program's own, filled: one record a row or card."""

    name: str
    form: str
    records: tuple[Cells, ...]
    layout: Layout = Layout.LIST


@dataclass(frozen=True, slots=True)
class OldStyle:
    """A sheet as the office kept it before: cells as typed, row by row, and the ranges that are merged."""

    name: str
    sheet: str
    rows: tuple[tuple[str | int | float | date | None, ...], ...]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A worklist of the run before, filled and dropped back under *name*: what is typed, by key."""

    name: str
    person: str
    answers: Mapping[str, Cells]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is dropped before one run."""

    day: date
    title: str
    drops: tuple[Filled | OldStyle | Returned, ...]
