"""Settled records → the plain list that another system takes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pipeline.domain import embedded_metadata
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.render.reports.field_column import shown, to_cells
from pipeline.render.wording import caption
from pipeline.render.xlsx.in_batches import in_batches
from pipeline.render.xlsx.workbook import Book, Table, WorkbookSheet, WriteWorkbook
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Handover, Register


def handover(office: Office, register: Register, handover: Handover, write: WriteWorkbook = write) -> bytes:
    """Return the records of *register* in the states of *handover*, with the fields that go there.

    The header stands in the first row and nothing above it: the other system's import expects it there.
    """
    language = office.language
    fields = [field for field in register.fields if handover.code in field.goes_to]

    def part(entries: Sequence[RecordState]) -> Table:
        columns = [(shown(field, language), to_cells(field, entries, language)) for field in fields]
        return Table.of_columns(register.code, columns, marks={}, freeze=1)

    record_set = office.entries[register.code]
    table = in_batches(part, partial(record_set.standing_in, handover.states), *record_set.version(handover.states))
    return write(
        Book(
            (WorkbookSheet(handover.title.to(language), (table,)),),
            {embedded_metadata.KIND: embedded_metadata.REPORT},
            footer=caption("page", language),
        )
    )
