"""Papers that speak of the same record are taken one after the other, in the order in which they were made.

So it makes no difference whether they came in one batch or in several. Papers that share no record are taken at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.extract import Reading
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Catalogue


def waves(catalogue: Catalogue, readings: Sequence[Reading], today: date, uow: UnitOfWork) -> list[list[Reading]]:
    """Return *readings*, which are in order of time, in waves: one ends before the first paper that shares a record with
    it, so that no paper is taken before an earlier one. A registration may renew a record of the ledger (*uow*). Without
    readings there is one empty wave.
    """
    found: list[list[Reading]] = [[]]
    spoken_of: set[tuple[str, str]] = set()
    renewed = (
        _renewed(catalogue, readings, today, uow) if len(readings) > 1 else [set[tuple[str, str]]()] * len(readings)
    )
    for reading, ended in zip(readings, renewed, strict=True):
        records = {*_records(catalogue, reading, today), *ended}
        if not records.isdisjoint(spoken_of):
            found.append([])
            spoken_of.clear()
        found[-1].append(reading)
        spoken_of |= records
    return found


def _records(catalogue: Catalogue, reading: Reading, today: date) -> Iterator[tuple[str, str]]:
    """Yield register and key of the records that a paper speaks of, as far as it names them; of a row that the program gives a
    number what tells which record it is.
    """
    for extract in reading.extracts:
        of, form = catalogue.register_of(extract.form), catalogue.form(extract.form)
        register = of.code
        keys = convert_apart(form, form.key, extract.values.get(form.key.code, [None] * len(extract)), today)
        yield from ((register, str(key)) for key in keys if key)
        if of.numbered and of.numbered.same and form is of.base and not all(keys):
            blank = [None] * len(extract)
            same = [
                convert_apart(form, form.field(code), extract.values.get(code, blank), today)
                for code in of.numbered.same
            ]
            rows = zip(keys, *same, strict=True)
            yield from ((register, repr(said)) for key, *said in rows if not key and any(said))
        for token in extract.tokens:
            if (metadata := parse_token(token)) is not None:
                yield register, metadata[0]


def _renewed(
    catalogue: Catalogue, readings: Sequence[Reading], today: date, uow: UnitOfWork
) -> list[set[tuple[str, str]]]:
    """Return for each reading register and key of the records that its registrations may lead to their end: they are spoken
    of, too. A register is gone through once for all of them, not once for each.
    """
    said = [_said_of_new(catalogue, reading, today, uow) for reading in readings]
    renewed: list[set[tuple[str, str]]] = [set() for _ in readings]
    for register in {code for held in said for code, _, _ in held}:
        wanted: dict[str, set[str]] = defaultdict(set)
        readers: dict[tuple[str, str], set[int]] = defaultdict(set)
        for at, held in enumerate(said):
            for _, code, value in (each for each in held if each[0] == register):
                wanted[code].add(value)
                readers[code, value].add(at)
        for key, entry in uow.records.holding(register, wanted).items():
            for code in wanted:
                for at in readers.get((code, str(entry.values.get(code) or "")), ()):
                    renewed[at].add((register, key))
    return renewed


def _said_of_new(catalogue: Catalogue, reading: Reading, today: date, uow: UnitOfWork) -> set[tuple[str, str, str]]:
    """Return what a paper says of records that are new, as far as it tells whom they renew: register, field and value."""
    said: set[tuple[str, str, str]] = set()
    for extract in reading.extracts:
        register, form = catalogue.register_of(extract.form), catalogue.form(extract.form)
        if register.renewal is None or extract.partial or form is not register.base:
            continue
        keys = [str(key or "") for key in convert_apart(form, form.key, extract.values.get(form.key.code, ()), today)]
        known = uow.records.get(register.code, keys=keys)
        new = {at for at, key in enumerate(keys) if key and key not in known}
        for code in register.renewal.same:
            values = convert_apart(form, form.field(code), extract.values.get(code, ()), today)
            said |= {(register.code, code, str(value)) for at, value in enumerate(values) if value and at in new}
    return said
