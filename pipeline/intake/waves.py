"""Papers that speak of the same record are taken one after the other, in the order in which they were made.

So it makes no difference whether they came in one batch or in several. Papers that share no record are taken at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.extract import Reading
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Catalogue


def waves(catalogue: Catalogue, readings: Sequence[Reading], today: date) -> list[list[Reading]]:
    """Return *readings*, which are in order of time, in waves: one ends before the first paper that shares a record with
    it, so that no paper is taken before an earlier one. Without readings there is one empty wave.
    """
    found: list[list[Reading]] = [[]]
    spoken_of: set[tuple[str, str]] = set()
    for reading in readings:
        records = set(_records(catalogue, reading, today))
        if not records.isdisjoint(spoken_of):
            found.append([])
            spoken_of.clear()
        found[-1].append(reading)
        spoken_of |= records
    return found


def _records(catalogue: Catalogue, reading: Reading, today: date) -> Iterator[tuple[str, str]]:
    """Yield register and key of the records that a paper speaks of, as far as it names them."""
    for extract in reading.extracts:
        register, form = catalogue.register_of(extract.form).code, catalogue.form(extract.form)
        for key in convert_apart(form, form.key, extract.values.get(form.key.code, ()), today):
            if key:
                yield register, str(key)
        for token in extract.tokens:
            if (metadata := parse_token(token)) is not None:
                yield register, metadata[0]
