"""Two sheets of one run that say different things of one record: neither enters, both are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.domain.finding import Finding
from pipeline.domain.record import Entry, Record
from pipeline.domain.rulebook import found
from schemas.form import Form


def only_corrections(records: Iterable[Record], entries: Mapping[str, Entry], key: str) -> None:
    """Strip from partial records what the register holds already: a prefilled cell states nothing."""
    for record in records:
        entry = entries.get(record.key)
        if record.partial and entry is not None:
            record.values = {
                code: value for code, value in record.values.items() if code == key or entry.values.get(code) != value
            }


def conflicts(form: Form, records: Sequence[Record]) -> tuple[set[int], list[Finding]]:
    """Return the positions of records that disagree with another one of the same key, and a finding for each.

    Records of one key agree when every field that both hold is equal; a blank contradicts nothing.
    """
    by_key: dict[str, list[int]] = {}
    for at, record in enumerate(records):
        by_key.setdefault(record.key, []).append(at)
    out: set[int] = set()
    findings: list[Finding] = []
    for positions in by_key.values():
        for at in positions if len(positions) > 1 else ():
            clash = _clash(records[at], [records[other] for other in positions if other != at])
            if clash is not None:
                other, code = clash
                out.add(at)
                findings.append(_told(form, records[at], other, code))
    return out, findings


def _clash(record: Record, others: Iterable[Record]) -> tuple[Record, str] | None:
    for other in others:
        for code, value in record.values.items():
            if code in other.values and other.values[code] != value:
                return other, code
    return None


def _told(form: Form, record: Record, other: Record, code: str) -> Finding:
    field = form.field(code)
    place = record.place(code)
    return found(
        "key.twice",
        submission=record.submission,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        form=form.code,
        field=code,
        value=str(field.show(record.values[code], "zh")),
        key=record.key,
        other=str(other.place(code)),
        theirs=str(field.show(other.values[code], "zh")),
    )
