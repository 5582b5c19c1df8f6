"""Origins: where events come from, and what they say.

The rows of one sheet have file, sheet, form, actor and day in common: kept once, with what each row says packed beside it. The
cells of a row follow from the sheet's columns and the number of the row; only where they do not (cards) they are kept by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import RowMapping, insert, select

from pipeline.domain.json_values import JsonRead
from pipeline.domain.record import Event
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.places import Places
from pipeline.outside.ledger.statements import SqlStatements, in_parts, unpacked

_TOGETHER = 64
"""Events packed in one piece: whoever asks for one of them unpacks them all."""
_BODY = {"values": "values", "before": "before", "notes": "notes", "action": "deed", "why": "why"}
"""Attributes of an event, left out where empty, by the name under which they are kept."""
_MAY_BE_EMPTY = ("area", "reason")
"""Attributes in which "" says something else than None."""
_DIGITS = "0123456789"
_common = attrgetter("submission", "file", "sheet", "form", "actor", "on")


@dataclass(frozen=True, slots=True)
class Origin:
    """What events have in common, and what each says."""

    submission: str
    file: str
    sheet: str
    form: str
    actor: str
    on: date
    columns: Mapping[str, str]
    """Excel's letters by field code."""
    bodies: Sequence[JsonRead]

    def event(self, row: RowMapping) -> Event:
        """Return the event of a row of the events' table."""
        body = self.bodies[row["at"]]
        due = body.get("due")
        return Event(
            register=row["register"],
            key=row["key"],
            form=self.form,
            cells=_cells(body, self.columns),
            state=row["state"],
            owner=row["owner"],
            area=body.get("area"),
            due=date.fromisoformat(due) if due else None,
            reason=body.get("reason"),
            submission=self.submission,
            file=self.file,
            sheet=self.sheet,
            actor=self.actor,
            on=self.on,
            opens=bool(row["opens"]),
            number=row["number"],
            run=row["run"],
            undone=row["undone"],
            why=body.get("why", ""),
            values=body.get("values", {}),
            before=body.get("before", {}),
            notes=body.get("notes", {}),
            action=body.get("deed", {}),
        )


class Origins(SqlStatements):
    """Origins by their numbers."""

    def keep(self, events: Sequence[Event]) -> list[tuple[int, int]]:
        """Keep where *events* come from and what they say; return for each the number of its origin and its place there."""
        alike: dict[tuple[Any, ...], list[int]] = {}
        for at, event in enumerate(events):
            alike.setdefault(_common(event), []).append(at)
        places = Places(self._connection).numbers({(file, sheet) for _, file, sheet, *_ in alike})
        kept, rows, number = [(0, 0)] * len(events), [], self._next(tables.ORIGINS)
        for (submission, file, sheet, form, actor, day), every in alike.items():
            those = iter(every)
            while part := list(islice(those, _TOGETHER)):
                rows.append(
                    {
                        "number": number,
                        "submission": submission,
                        "place": places[file, sheet],
                        "form": form,
                        "actor": actor,
                        "day": day,
                        "content": self._packed(_bodies([events[at] for at in part])),
                    }
                )
                for place, at in enumerate(part):
                    kept[at] = (number, place)
                number += 1
        if rows and not self._driven("INSERT INTO", tables.ORIGINS, rows):
            self._connection.execute(insert(tables.ORIGINS), rows)
        return kept

    def get(self, numbers: Iterable[int]) -> dict[int, Origin]:
        """Return origins by number."""
        origins, places = tables.ORIGINS, tables.PLACES
        query = select(origins, places.c.file, places.c.sheet).join(places, places.c.number == origins.c.place)
        return {
            row["number"]: _origin(row)
            for part in in_parts(sorted(set(numbers)))
            for row in self._connection.execute(query.where(origins.c.number.in_(part))).mappings()
        }


def _origin(row: RowMapping) -> Origin:
    content = unpacked(row["content"])
    plain = {name: row[name] for name in ("submission", "file", "sheet", "form", "actor")}
    return Origin(on=row["day"], columns=content["columns"], bodies=content["rows"], **plain)


def _bodies(events: Sequence[Event]) -> JsonRead:
    columns: dict[str, str] = {}
    for event in events:
        if not event.cells.keys() <= columns.keys():
            columns = {**{code: name.rstrip(_DIGITS) for code, name in event.cells.items()}, **columns}
    return {"columns": columns, "rows": [_body(event, columns) for event in events]}


def _body(event: Event, columns: Mapping[str, str]) -> JsonRead:
    body: JsonRead = {kept: held for name, kept in _BODY.items() if (held := getattr(event, name))}
    body |= {name: held for name in _MAY_BE_EMPTY if (held := getattr(event, name)) is not None}
    if event.due:
        body["due"] = event.due.isoformat()
    if event.cells:
        name = next(iter(event.cells.values()))
        by_row = {**body, "row": name[len(name.rstrip(_DIGITS)) :]}
        if list(_cells(by_row, columns).items()) == list(event.cells.items()):  # their order counts, too
            return by_row
        body["cells"] = event.cells
    return body


def _cells(body: JsonRead, columns: Mapping[str, str]) -> Mapping[str, str]:
    row = body.get("row")
    if row is None:
        cells: Mapping[str, str] = body.get("cells", {})
        return cells
    return {code: columns[code] + row for code in body.get("values", ()) if code in columns}
