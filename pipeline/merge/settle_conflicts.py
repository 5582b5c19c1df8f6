"""Two sheets of one run that say different things of one record: neither enters, both are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Record, RecordState
from pipeline.domain.rulebook import found
from schemas.language import Field, FieldRole, Form, Register

AsOf = Callable[[str, int], RecordState | None]
"""A record, by key, as it stood at an earlier version."""


def only_corrections(
    form: Form, records: Iterable[Record], entries: Mapping[str, RecordState], as_of: AsOf
) -> list[Finding]:
    """Strip from partial records what nobody typed, and return a finding for each correction that comes too late.

    A prefilled cell states nothing: what counts is where it differs from what the worklist was written with. Where the
    register has moved on meanwhile, to another value, the correction is not taken: both values are told.
    """
    findings: list[Finding] = []
    for record in records:
        entry = entries.get(record.key)
        if not record.partial or entry is None:
            continue
        metadata = parse_token(record.token)
        written = as_of(*metadata) if metadata and metadata[1] < entry.version else None
        seen = written or entry
        typed = {code: value for code, value in record.values.items() if seen.values.get(code) != value}
        late = {code for code in typed if entry.values.get(code) not in (seen.values.get(code), typed[code])}
        findings += [_late(form, record, code, entry) for code in late]
        record.values = {
            code: value
            for code, value in record.values.items()
            if code == form.key.code or (code in typed and code not in late and entry.values.get(code) != value)
        }
    return findings


def _late(form: Form, record: Record, code: str, entry: RecordState) -> Finding:
    field, place = form.field(code), record.place(code)
    return found(
        "copy.stale",
        submission=record.submission,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        form=form.code,
        field=code,
        value="" if record.values[code] is None else str(field.show(record.values[code], "zh")),
        key=record.key,
        now=str(field.show(entry.values.get(code, ""), "zh")),
    )


def conflicts(register: Register, form: Form, records: Sequence[Record]) -> tuple[set[int], list[Finding]]:
    """Return the positions of records that disagree with another one of the same key, and a finding for each.

    Records of one key agree when every field that both hold is equal; a blank contradicts nothing. Deeds of several
    days follow each other: only those of one day can disagree.
    """
    starts = form.meaning(FieldRole.STARTS)
    by_key: dict[tuple[str, object], list[int]] = {}
    for at, record in enumerate(records):
        day = record.action.get(starts.code) if starts else None
        by_key.setdefault((record.key, day), []).append(at)
    out: set[int] = set()
    findings: list[Finding] = []
    for positions in by_key.values():
        for at in positions if len(positions) > 1 else ():
            clash = _clash(records[at], [records[other] for other in positions if other != at])
            if clash is not None:
                other, code = clash
                out.add(at)
                findings.append(_told(register.field(code), form, records[at], other))
    return out, findings


def _clash(record: Record, others: Iterable[Record]) -> tuple[Record, str] | None:
    for other in others:
        for code, value in record.values.items():
            if code in other.values and other.values[code] != value:
                return other, code
    return None


def _told(field: Field, form: Form, record: Record, other: Record) -> Finding:
    code = field.code
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
